package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.server.ServerProcess;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import dev.leantea.bench.harness.server.TlsFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The servers of a run, in the order of the tables.
 *
 * @param asked whether the user named them: then a missing one is a failure, else a note
 */
record Servers(List<ServerSpec> specs, boolean asked, ServerStarter starter, Recorder recorder) {
  /** The same run with other servers in place of each one. */
  Servers replaced(Function<ServerSpec, Stream<ServerSpec>> others) {
    return new Servers(specs.stream().flatMap(others).toList(), asked, starter, recorder);
  }

  Servers over(TlsFiles tls) {
    return new Servers(specs, asked, starter.with(tls), recorder);
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

  ServerSpec spec(ServerProcess server) {
    return specs.stream().filter(it -> it.name().equals(server.name())).findFirst().orElseThrow();
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
