package dev.leantea.tls.engine;

import dev.leantea.http.TlsSession;
import dev.leantea.wire.Wire;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection, on the server's side and without I/O. One thread at a time.
 *
 * <pre>
 *  receive ─┬─▶ nothing to do: more bytes are needed          ┌─ send
 *           ├─▶ takeTask ─▶ run, on any thread ─▶ resume ─┐   ├─ receive
 *           └─▶ isHandshakeComplete ◀─────────────────────┴──▶┴─ closeOutput      close, at any time
 * </pre>
 */
public interface TlsEngine extends AutoCloseable {
  /**
   * Takes all of these bytes of ciphertext, which may be any part of records. Look at {@link
   * #takeTask}, {@link #isHandshakeComplete} and {@link #isInputClosed} afterwards. After {@link
   * #isInputClosed} bytes are discarded.
   *
   * @param out for handshake messages and alerts
   * @param in for what was decrypted
   * @throws TlsException when the connection must be closed
   */
  void receive(byte[] bytes, int from, int to, Wire out, Plaintext in) throws TlsException;

  /**
   * Work of the handshake that takes long, as to sign: it runs on any thread, then {@link #resume}
   * is called by the owner thread. Until then no other method is called but {@link #close}. Null
   * when there is none; a task is returned once.
   */
  @Nullable Runnable takeTask();

  /**
   * Continues a handshake after its task has ended.
   *
   * @throws TlsException when the connection must be closed
   */
  void resume(Wire out, Plaintext in) throws TlsException;

  /**
   * Encrypts what remains in the buffer, which may be direct, and writes records to {@code out}.
   * Only after the handshake; after {@link #closeOutput} it does nothing.
   */
  void send(ByteBuffer plain, Wire out) throws TlsException;

  /** Starts sending what was written to {@code out}. */
  default void flush(Wire out) {
    out.flush();
  }

  /** Shuts down the sending side behind what was written to {@code out}. */
  default void shutdownOutput(Wire out) {
    out.shutdownOutput();
  }

  /** Sends {@code close_notify} (RFC 8446 §6.1); again, or before the handshake's end: nothing. */
  void closeOutput(Wire out);

  /**
   * Whether the handshake is complete, so that {@link #send} and {@link #session} may be called.
   */
  boolean isHandshakeComplete();

  /** Whether {@code close_notify} was received: else the end of input is a truncation. */
  boolean isInputClosed();

  /** What the handshake has negotiated, after its end. */
  TlsSession session();

  /** Releases memory, also while a task runs. Again: nothing. */
  @Override
  void close();
}
