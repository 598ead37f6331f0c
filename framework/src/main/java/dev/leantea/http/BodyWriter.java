package dev.leantea.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a response body piece by piece, in direct style. */
@FunctionalInterface
public interface BodyWriter {
  /**
   * Called once, on a virtual thread. {@code write} blocks while the client is slower than the
   * writer; {@code flush} puts what was written on the wire.
   *
   * @throws IOException when the client is gone; anything thrown here aborts the connection, so
   *     that the client can tell a broken body from a complete one
   */
  void writeTo(OutputStream out) throws IOException;
}
