package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.server.Cores;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** wrk from PATH. */
final class LocalWrk extends LocalProgram {
  private final Path folder;

  LocalWrk(Path folder, Cores cores) {
    super(
        cores,
        "wrk",
        "(Debian: apt-get install wrk), or start Docker and use --wrk docker",
        Wrk::parse);
    this.folder = folder;
  }

  @Override
  List<String> command(Load load, String port, int seconds) {
    Path file = folder.resolve("pipeline-" + load.pipeline() + ".lua");
    ResultFile.writeText(file, script(load));
    List<String> arguments = arguments(load, port, seconds, file.toString());
    return Cores.pinned(cores(load), Stream.concat(Stream.of("wrk"), arguments.stream()).toList());
  }
}
