package dev.leantea.bench.harness.result;

/**
 * A server that holds idle keep-alive connections.
 *
 * @param server its name
 * @param round counted from 1
 * @param connections held
 * @param heapBytes live heap per connection, after a full collection; negative: not a JVM
 * @param rssBytes resident memory of the process tree per connection
 * @param active connections that sent requests meanwhile
 * @param perSecond requests of the active ones, per second
 * @param p99Micros 99 % of their answers came within this
 * @param errors of the active ones, and idle connections that were lost
 */
public record IdleSample(
    String server,
    int round,
    int connections,
    double heapBytes,
    double rssBytes,
    int active,
    double perSecond,
    double p99Micros,
    long errors) {}
