package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.Programs;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A load generator from PATH, as a child process. */
abstract sealed class LocalProgram extends Wrk permits LocalWrk, H2Load {
  private final BiFunction<Integer, String, LoadFigures> figures;
  private volatile @Nullable Process running;

  /**
   * A program on its cores.
   *
   * @param install how to get it
   * @param figures reads them from its status and what it printed before it ended
   * @throws BenchException when it is not on PATH
   */
  LocalProgram(
      Cores cores,
      String program,
      String install,
      BiFunction<Integer, String, LoadFigures> figures) {
    super(cores);
    this.figures = figures;
    if (!Programs.onPath(program)) {
      throw new BenchException(program + " is not on PATH: install it " + install);
    }
  }

  @Override
  public LoadFigures run(Load load, int port, int seconds) {
    List<String> command = command(load, Integer.toString(port), seconds);
    Process process = Programs.start(command, Redirect.PIPE);
    running = process;
    try {
      String output = Programs.output(process);
      return figures.apply(process.waitFor(), output);
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
}
