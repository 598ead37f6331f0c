package dev.leantea.http;

/**
 * How many bytes a handler holds in memory of what it read from its request: they count towards
 * {@link Limits#bodiesInMemory}, which bounds what all requests of a server hold together. Given
 * back when it is closed, and at the latest when the exchange has ended and its handler has
 * returned. One thread at a time.
 *
 * <pre>{@code
 * try (MemoryReservation memory = request.reserveMemory()) {
 *   memory.resize(64 * 1024); // before the array is allocated
 *   byte[] start = request.stream().readNBytes(64 * 1024);
 *   …
 * }
 * }</pre>
 */
public interface MemoryReservation extends AutoCloseable {
  /** Counts nothing: for requests that no server received. */
  MemoryReservation UNCOUNTED = new UncountedMemory();

  /**
   * Sets the number of bytes that are held. Call it before memory is allocated, and after it is no
   * longer referenced.
   *
   * @param bytes 0 or more
   * @throws HttpException 503 when the server has no memory left for the additional bytes; what was
   *     reserved before stays reserved
   */
  void resize(long bytes);

  /** Gives all of it back. May be called again. */
  @Override
  void close();
}
