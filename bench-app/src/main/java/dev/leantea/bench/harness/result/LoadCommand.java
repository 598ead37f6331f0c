package dev.leantea.bench.harness.result;

import java.util.List;

/**
 * How one load was made.
 *
 * @param load what was sent
 * @param command the exact command, with {@code PORT} in place of the server's port
 * @param script the Lua script that it names
 */
public record LoadCommand(Load load, List<String> command, String script) {}
