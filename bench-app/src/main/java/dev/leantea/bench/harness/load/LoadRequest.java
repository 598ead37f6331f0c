package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.result.Cell;
import java.util.List;

/**
 * One call of wrk.
 *
 * @param cell the load
 * @param port of the server, on 127.0.0.1
 * @param seconds to send for
 * @param threads of wrk
 * @param cores that wrk runs on, as taskset writes them; empty: all
 */
public record LoadRequest(Cell cell, int port, int seconds, int threads, String cores) {
  /** A server's answer that takes longer counts as a timeout: longer than wrk's own 2 s. */
  private static final int TIMEOUT_SECONDS = 5;

  /** The arguments of wrk. */
  public List<String> arguments(String script) {
    return List.of(
        "-t" + threads,
        "-c" + cell.connections(),
        "-d" + seconds + "s",
        "--timeout",
        TIMEOUT_SECONDS + "s",
        "-s",
        script,
        "http://127.0.0.1:" + port + cell.route());
  }
}
