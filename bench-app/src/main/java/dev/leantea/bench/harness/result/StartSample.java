package dev.leantea.bench.harness.result;

/**
 * One start of a server.
 *
 * @param server its name
 * @param aotCache whether the JVM had an AOT cache (JEP 483, 514)
 * @param round counted from 1
 * @param millis from the start of the process to the first answered request
 */
public record StartSample(String server, boolean aotCache, int round, double millis) {}
