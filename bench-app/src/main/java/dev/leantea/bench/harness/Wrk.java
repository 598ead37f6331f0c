package dev.leantea.bench.harness;

import dev.leantea.bench.Resources;
import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.Programs;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/** The load generator: wrk, wherever it runs, or h2load. One thread, but any thread closes it. */
public abstract sealed class Wrk implements Cleanup.Resource permits LocalProgram, DockerWrk {
  private static final String MARK = "leantea-figures ";

  /** An answer that takes longer counts as a timeout. wrk's own limit is 2 s. */
  private static final String TIMEOUT = "5s";

  private final Cores cores;

  Wrk(Cores cores) {
    this.cores = cores;
  }

  /**
   * wrk by the value of {@code --wrk}: {@code auto}, {@code docker} or {@code local}.
   *
   * @param image with wrk as its entry point, for Docker; empty: one is built
   * @param folder for scripts
   * @throws BenchException when it is not available there
   */
  public static Wrk find(String where, String image, Path folder, Cores cores) {
    try {
      return switch (where) {
        case "local" -> new LocalWrk(folder, cores);
        case "docker" -> new DockerWrk(image, cores);
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

  /**
   * Sends load to a port of 127.0.0.1 until the time is over.
   *
   * @throws BenchException when wrk cannot run, cannot connect, or reports nothing
   */
  public abstract LoadFigures run(Load load, int port, int seconds);

  /** The exact command that does that; in reports, {@code PORT} stands for the port. */
  abstract List<String> command(Load load, String port, int seconds);

  /** The program that the generator runs, for the report; empty: none. */
  String script(Load load) {
    return script(load.pipeline());
  }

  /** The cores of wrk as taskset and Docker write them; empty: all. */
  final String cores(Load load) {
    return cores.wrkSet(load.placement());
  }

  /** The threads of the generator. */
  final int threads(Load load) {
    return cores.wrkThreads(load.placement());
  }

  final List<String> arguments(Load load, String port, int seconds, String script) {
    String url = load.transport().scheme() + "://127.0.0.1:" + port + load.route();
    String threads = "-t" + cores.wrkThreads(load.placement());
    String connections = "-c" + load.connections();
    String time = "-d" + seconds + "s";
    return List.of(threads, connections, time, "--timeout", TIMEOUT, "-s", script, url);
  }

  /** The Lua script for so many requests at a time; 1 leaves wrk its faster constant request. */
  static String script(int pipeline) {
    String script = Resources.text(Wrk.class, "wrk.lua");
    return script.replace("PIPELINE", Integer.toString(pipeline));
  }

  /** Reads the figures from what wrk printed before it ended with a status. */
  static LoadFigures parse(int status, String output) {
    String line = output.lines().filter(it -> it.startsWith(MARK)).findFirst().orElse("");
    if (status != 0 || line.isEmpty()) {
      throw new BenchException(
          "wrk: expected figures, got status %d; its output ends: %s"
              .formatted(status, Programs.lastLine(output)));
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
}
