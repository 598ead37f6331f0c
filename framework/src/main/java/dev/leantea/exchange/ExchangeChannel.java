package dev.leantea.exchange;

import dev.leantea.http.Response;
import dev.leantea.wire.FileSlice;
import java.util.OptionalLong;

/**
 * What a protocol does for one {@link Exchange}. All methods are called on the owner thread, unless
 * they say otherwise, and not after the exchange has ended.
 *
 * <pre>
 *            ┌─ respond ────────────────────────────────────────────┐
 *  exchange ─┼─ head ─▶ (data | file)* ─┬─ end ─────────────────────┼─▶ ended
 *            │                          └─ reset: the peer can tell ┤
 *            └─ upgrade ─▶ data* ─── end ───────────────────────────┘
 *  at any time before: sendContinue, demand, abort
 * </pre>
 */
public interface ExchangeChannel {
  /** Sends a response whose body is in memory, or left out. */
  void respond(Response response);

  /**
   * Sends the head of a streamed response.
   *
   * @param length of the body in bytes, if it is known
   */
  void head(Response response, OptionalLong length);

  /** Sends bytes of the body; the array is not changed any more. */
  void data(byte[] bytes);

  /** Sends a part of a file within the body, and closes the slice. */
  void file(FileSlice slice);

  /** The body, or the other protocol, is complete. */
  void end();

  /**
   * The body broke off: what was written is sent, and the peer can tell that it is not complete.
   */
  void reset();

  /** Breaks the exchange off at once, whatever is on its way. Any thread. */
  void abort();

  /** Sends the head of a 101; all bytes that come from now on go to the input. */
  void upgrade(Response response, UpgradedInput input);

  /** Asks for a body that the client holds back (RFC 9110 §10.1.1), if it does. */
  void sendContinue();

  /** The reader of the body, or of the upgraded input, has room again. */
  void demand();

  /** Starts to send what is queued. */
  void flush();

  /** Bytes that were handed over and not yet taken by the peer. */
  long unsent();

  /** Whether the reader of a body reads the socket itself. Any thread. */
  boolean pulls();

  /** Reads the socket once. The reader's thread, where {@link #pulls}. */
  void pull() throws java.io.IOException;
}
