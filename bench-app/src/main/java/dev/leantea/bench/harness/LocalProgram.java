package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.Programs;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A load generator from PATH, as a child process. */
abstract sealed class LocalProgram extends Wrk permits LocalWrk, H2Load {
  private volatile @Nullable Process running;

  /**
   * A program on its cores.
   *
   * @param install how to get it
   * @throws BenchException when it is not on PATH
   */
  LocalProgram(Cores cores, String program, String install) {
    super(cores);
    if (!Programs.onPath(program)) {
      throw new BenchException(program + " is not on PATH: install it " + install);
    }
  }

  @Override
  double callSeconds() {
    return 0.15;
  }

  /** Reads the figures from what the program printed before it ended with a status. */
  abstract LoadFigures parsed(int status, String output);

  @Override
  public LoadFigures run(Load load, int port, int seconds) {
    List<String> command = command(load, Integer.toString(port), seconds);
    Process process = Programs.start(command, Redirect.PIPE);
    running = process;
    try {
      String output = Programs.output(process);
      return parsed(process.waitFor(), output);
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
