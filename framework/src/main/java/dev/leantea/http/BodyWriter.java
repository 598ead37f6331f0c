package dev.leantea.http;

import java.io.OutputStream;

/** Writes a response body piece by piece, in direct style. */
@FunctionalInterface
public interface BodyWriter {
  /**
   * Called once, on a virtual thread. {@code write} blocks while the client is slower than the
   * writer; {@code flush} sends what was written, and so does {@code close}. The body ends when the
   * writer returns, and not before: a library that closes the stream after each item does no harm.
   *
   * <p>The response's head is held back until the first {@code flush}, or until 16 KiB were
   * written: what is thrown before that becomes an error response, as if the handler had thrown it.
   *
   * @throws java.io.IOException when the client is gone
   * @throws Exception anything thrown after the head was sent aborts the connection, so that the
   *     client can tell a broken body from a complete one; it is logged
   */
  void writeTo(OutputStream out) throws Exception;
}
