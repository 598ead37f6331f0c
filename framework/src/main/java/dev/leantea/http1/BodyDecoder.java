package dev.leantea.http1;

import dev.leantea.exchange.IncomingBody;
import org.jspecify.annotations.Nullable;

/** Takes a body's bytes off the receive buffer. One owner thread. */
sealed interface BodyDecoder permits FixedDecoder, ChunkedDecoder {
  /**
   * Moves bytes from the buffer into the body, until the body has no room, the buffer has no more,
   * or the body is complete.
   *
   * @return whether the body is complete
   * @throws ProtocolException when the bytes are no body
   */
  boolean decode(ReceiveBuffer in, IncomingBody body) throws ProtocolException;

  /**
   * Whether bytes that lie in the buffer are too few to go on, so that an end of the input is the
   * body's end, too.
   */
  boolean needsMore();

  /** What takes such a body apart; null when there is none. */
  static @Nullable BodyDecoder of(MessageFraming framing, Http1Protocol protocol) {
    return switch (framing) {
      case MessageFraming.None() -> null;
      case MessageFraming.Fixed(long length) -> new FixedDecoder(length);
      case MessageFraming.Chunked() ->
          new ChunkedDecoder(protocol.application.limits(), protocol.lineEnds);
    };
  }
}
