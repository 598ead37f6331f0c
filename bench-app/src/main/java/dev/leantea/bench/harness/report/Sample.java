package dev.leantea.bench.harness.report;

/**
 * One server under one load in one round.
 *
 * @param round counted from 1; samples of the same load and round were taken one after the other
 * @param figures of wrk
 * @param cpuMicros user and system time of the server's process tree per request, in microseconds
 * @param peakRssBytes peak resident memory of the process tree
 */
public record Sample(
    String server, Load load, int round, LoadFigures figures, double cpuMicros, long peakRssBytes) {
  public double perSecond() {
    return figures.perSecond();
  }

  public double p50Micros() {
    return figures.p50Micros();
  }

  public double p99Micros() {
    return figures.p99Micros();
  }
}
