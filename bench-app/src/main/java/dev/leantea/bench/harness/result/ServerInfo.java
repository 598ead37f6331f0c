package dev.leantea.bench.harness.result;

import java.util.List;

/**
 * A server that was measured.
 *
 * @param name as in the samples
 * @param about its version, or the line it printed at its start
 * @param placement how it was started
 * @param command the exact command
 */
public record ServerInfo(String name, String about, Placement placement, List<String> command) {}
