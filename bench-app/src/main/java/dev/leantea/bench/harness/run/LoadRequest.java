package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.result.Load;
import dev.leantea.bench.harness.server.Cores;
import java.util.List;

/**
 * One call of wrk.
 *
 * @param port of the server, on 127.0.0.1
 * @param seconds to send for
 * @param cores that wrk runs on, as taskset writes them; empty: all
 */
record LoadRequest(Load load, int port, int seconds, int threads, String cores) {
  /** An answer that takes longer counts as a timeout. wrk's own limit is 2 s. */
  private static final String TIMEOUT = "5s";

  /** With the threads and the cores that are right for the load's placement. */
  static LoadRequest of(Load load, int port, int seconds, Cores cores) {
    return new LoadRequest(
        load, port, seconds, cores.wrkThreads(load.placement()), cores.wrkSet(load.placement()));
  }

  /** The arguments of wrk. */
  List<String> arguments(String script) {
    String url = "http://127.0.0.1:" + port + load.route();
    String size = "-t%d -c%d -d%ds".formatted(threads, load.connections(), seconds);
    return List.of((size + " --timeout " + TIMEOUT + " -s " + script + " " + url).split(" "));
  }
}
