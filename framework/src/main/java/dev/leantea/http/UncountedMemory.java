package dev.leantea.http;

/** The reservation of a request that no server received. */
final class UncountedMemory implements MemoryReservation {
  @Override
  public void resize(long bytes) {
    // there is no limit for all requests together
  }

  @Override
  public void close() {
    // nothing is reserved
  }
}
