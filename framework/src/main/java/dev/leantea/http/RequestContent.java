package dev.leantea.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where a request's body comes from: a server, or memory. The rules are those of {@link
 * Request#bytes} and {@link Request#stream}. One thread at a time.
 */
public interface RequestContent {
  /** No body. */
  RequestContent EMPTY = new EmptyContent();

  /** The whole body. */
  byte[] bytes() throws IOException;

  /** The body as it arrives. */
  InputStream stream() throws IOException;

  /**
   * Throws when the body was refused before there was a handler to read it: a {@code nonBlocking}
   * one is called with a body that is in memory, or not at all.
   *
   * @throws HttpException 413, or 503 when memory is short
   * @throws RequestBodyException when the body is malformed, was cut off or did not come in time
   */
  void requireAccepted() throws IOException;

  /** Counts what a handler keeps of {@link #stream}. */
  MemoryReservation reserveMemory();
}
