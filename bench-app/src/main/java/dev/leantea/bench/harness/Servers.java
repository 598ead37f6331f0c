package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.server.ServerProcess;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import java.util.List;
import java.util.Optional;

/**
 * The servers of a run, in the order of the tables.
 *
 * @param asked whether the user named them: then a missing one is a failure, else a note
 */
public record Servers(
    List<ServerSpec> specs, boolean asked, ServerStarter starter, Recorder recorder) {
  /** The same with HTTP/2 in clear text, where a server needs a port of its own for it. */
  public Servers withHttp2() {
    List<ServerSpec> all =
        specs.stream()
            .map(
                spec ->
                    spec instanceof ServerSpec.Nginx nginx
                        ? nginx.withHttp2(ServerStarter.freePort())
                        : spec)
            .toList();
    return new Servers(all, asked, starter, recorder);
  }

  /** Starts one; empty when that fails, which is recorded. */
  Optional<ServerProcess> start(ServerSpec spec, Placement placement) {
    recorder.say("starting " + spec.name());
    try {
      ServerProcess server = starter.start(spec, placement);
      recorder.add(server.info());
      return Optional.of(server);
    } catch (BenchException e) {
      missing(spec, e);
      return Optional.empty();
    }
  }

  /** The port that the load is sent to: one of its own, where a server speaks HTTP/2 on that. */
  int loadPort(ServerProcess server) {
    return specs.stream()
        .filter(spec -> spec.name().equals(server.name()))
        .mapToInt(spec -> spec instanceof ServerSpec.Nginx nginx ? nginx.http2Port() : 0)
        .filter(port -> port > 0)
        .findFirst()
        .orElse(server.port());
  }

  boolean has(String server, String route) {
    return specs.stream().anyMatch(spec -> spec.name().equals(server) && spec.has(route));
  }

  /** An engine that this machine lacks is no failure, as long as nobody asked for it by name. */
  void missing(ServerSpec spec, BenchException error) {
    String line = spec.name() + ": " + error.line();
    if (!asked && spec instanceof ServerSpec.LeanTea it && it.backend().contains(":")) {
      recorder.note(line);
    } else {
      recorder.failure(line);
    }
  }
}
