package dev.leantea.bench.harness.result;

/**
 * What wrk counted as gone wrong.
 *
 * @param connect connections refused
 * @param read failed reads, such as a connection that was reset
 * @param write failed writes
 * @param status answers with a status above 399
 * @param timeout requests without an answer in time
 */
public record Errors(long connect, long read, long write, long status, long timeout) {
  /** All of them. */
  public long total() {
    return connect + read + write + status + timeout;
  }
}
