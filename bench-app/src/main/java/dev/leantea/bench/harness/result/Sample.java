package dev.leantea.bench.harness.result;

/**
 * One server under one load in one round.
 *
 * @param server its name
 * @param cell the load
 * @param round counted from 1; samples of the same cell and round were taken one after the other
 * @param seconds how long wrk sent
 * @param requests answered
 * @param p50Micros half of the answers came within this
 * @param p99Micros 99 % of the answers came within this; with pipelining, of the batches
 * @param errors what went wrong
 * @param cpuMicros user and system time of the server's process tree per request, in microseconds
 * @param peakRssBytes most memory that the process tree held
 */
public record Sample(
    String server,
    Cell cell,
    int round,
    double seconds,
    long requests,
    double p50Micros,
    double p99Micros,
    Errors errors,
    double cpuMicros,
    long peakRssBytes) {
  /** Requests answered per second. */
  public double perSecond() {
    return requests / seconds;
  }
}
