package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.result.Errors;

/**
 * What wrk found.
 *
 * @param requests answered
 * @param seconds that it took
 * @param p50Micros half of the answers came within this
 * @param p99Micros 99 % of the answers came within this
 * @param errors what went wrong
 */
public record LoadFigures(
    long requests, double seconds, double p50Micros, double p99Micros, Errors errors) {}
