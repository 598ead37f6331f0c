package dev.leantea.bench.harness.report;

/**
 * What wrk measured in one call.
 *
 * @param requests answered
 * @param p50Micros half of the answers came within this
 * @param p99Micros 99 % of the answers came within this; with pipelining, of the batches
 */
public record LoadFigures(
    long requests, double seconds, double p50Micros, double p99Micros, Errors errors) {
  /**
   * What wrk counted as gone wrong.
   *
   * @param status answers with a status above 399
   * @param timeout requests without an answer in time
   */
  public record Errors(long connect, long read, long write, long status, long timeout) {
    public long total() {
      return connect + read + write + status + timeout;
    }
  }

  public double perSecond() {
    return requests / seconds;
  }
}
