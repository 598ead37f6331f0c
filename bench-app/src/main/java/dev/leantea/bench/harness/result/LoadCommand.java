package dev.leantea.bench.harness.result;

import java.util.List;

/**
 * How one load was made.
 *
 * @param cell the load
 * @param command the exact command, with {@code PORT} where the server's port stands
 * @param script the Lua script that goes with it
 */
public record LoadCommand(Cell cell, List<String> command, String script) {}
