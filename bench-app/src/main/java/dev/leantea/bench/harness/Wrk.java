package dev.leantea.bench.harness;

import dev.leantea.bench.Resources;
import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.Programs;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A load generator from PATH, as a child process: wrk, unless a subclass says otherwise. One
 * thread, but any thread closes it.
 */
sealed class Wrk implements Cleanup.Resource permits DockerWrk, H2Load, NewConnections {
  private static final String MARK = "leantea-figures ";

  /** An answer that takes longer counts as a timeout. wrk's own limit is 2 s. */
  private static final String TIMEOUT = "5s";

  private final Cores cores;

  /** For scripts. */
  private final Path folder;

  private volatile @Nullable Process running;

  Wrk(Path folder, Cores cores) {
    this.folder = folder;
    this.cores = cores;
  }

  /**
   * wrk by the value of {@code --wrk}: {@code auto}, {@code docker} or {@code local}.
   *
   * @param image with wrk as its entry point, for Docker; empty: one is built
   * @param folder for scripts
   * @throws BenchException when it is not available there
   */
  static Wrk find(String where, String image, Path folder, Cores cores) {
    try {
      return switch (where) {
        case "local" -> local(folder, cores);
        case "docker" -> new DockerWrk(image, folder, cores);
        case "auto" -> find(DockerWrk.engineAnswers() ? "docker" : "local", image, folder, cores);
        default -> throw new BenchException("--wrk: expected auto, docker or local, got " + where);
      };
    } catch (NoClassDefFoundError e) {
      throw new BenchException(
          "--wrk: expected Testcontainers in lib/ beside the jar, where mvn package puts it; without"
              + " it, use --wrk local",
          e);
    }
  }

  private static Wrk local(Path folder, Cores cores) {
    Programs.require("wrk", "(Debian: apt-get install wrk), or start Docker and use --wrk docker");
    return new Wrk(folder, cores);
  }

  /**
   * Sends load to a port of 127.0.0.1 until the time is over.
   *
   * @throws BenchException when the generator cannot run, cannot connect, or reports nothing
   */
  LoadFigures run(Load load, int port, int seconds) {
    Process process = Programs.start(command(load, "" + port, seconds), Redirect.PIPE);
    running = process;
    try {
      String output = Programs.output(process);
      return figures(process.waitFor(), output);
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    Process process = running;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** The exact command that does that; in reports, {@code PORT} stands for the port. */
  List<String> command(Load load, String port, int seconds) {
    Path file = folder.resolve("pipeline-" + load.pipeline() + ".lua");
    ResultFile.writeText(file, script(load));
    List<String> arguments = arguments(load, port, seconds, file.toString());
    return Cores.pinned(cores(load), Stream.concat(Stream.of("wrk"), arguments.stream()).toList());
  }

  /** The cores of the generator as taskset and Docker write them; empty: all. */
  final String cores(Load load) {
    return cores.wrkSet(load.placement());
  }

  /** The threads of the generator. */
  final int threads(Load load) {
    return cores.wrkThreads(load.placement());
  }

  final List<String> arguments(Load load, String port, int seconds, String script) {
    String url = load.transport().scheme() + "://127.0.0.1:" + port + load.route();
    String connections = "-c" + load.connections();
    String time = "-d" + seconds + "s";
    return List.of(
        "-t" + threads(load), connections, time, "--timeout", TIMEOUT, "-s", script, url);
  }

  /**
   * The program that the generator runs, for the report; empty: none. That of wrk leaves it its
   * faster constant request where one is sent at a time.
   */
  String script(Load load) {
    return Resources.text(Wrk.class, "wrk.lua").replace("PIPELINE", "" + load.pipeline());
  }

  /** Reads the figures from what the generator printed before it ended with a status. */
  LoadFigures figures(int status, String output) {
    String line = output.lines().filter(it -> it.startsWith(MARK)).findFirst().orElse("");
    if (status != 0 || line.isEmpty()) {
      throw noFigures("wrk", status, output);
    }
    try {
      var figures = ResultFile.MAPPER.readValue(line.substring(MARK.length()), LoadFigures.class);
      if (figures.requests() > 0) {
        return figures;
      }
      throw new BenchException("wrk: no request was answered; " + figures.errors());
    } catch (JacksonException e) {
      throw new BenchException("wrk: expected figures in JSON, got: " + line, e);
    }
  }

  static BenchException noFigures(String program, int status, String output) {
    return new BenchException(
        "%s: expected figures, got status %d; its output ends: %s"
            .formatted(program, status, Programs.lastLine(output)));
  }
}
