package dev.leantea.bench.harness.report;

/**
 * A server that holds idle keep-alive connections, in one round.
 *
 * @param heapBytes live heap per connection, after a full collection; negative: not a JVM
 * @param rssBytes resident memory of the process tree per connection
 * @param active connections that sent requests meanwhile
 * @param figures of the active ones
 * @param lost idle connections that the server closed meanwhile
 */
public record IdleSample(
    String server,
    int round,
    int connections,
    double heapBytes,
    double rssBytes,
    int active,
    LoadFigures figures,
    int lost) {
  public long errors() {
    return figures.errors().total() + lost;
  }
}
