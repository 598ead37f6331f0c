package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.Load;
import dev.leantea.bench.harness.result.LoadFigures;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** wrk from PATH, as a child process. */
final class LocalWrk extends Wrk {
  private final Path folder;
  private volatile @Nullable Process running;

  LocalWrk(Path folder, Cores cores) {
    super(cores);
    this.folder = folder;
    if (!Programs.onPath("wrk")) {
      throw new BenchException(
          "wrk is not on PATH: install it (Debian: apt-get install wrk), or start Docker and use"
              + " --wrk docker");
    }
  }

  @Override
  double callSeconds() {
    return 0.15;
  }

  @Override
  public List<String> command(Load load, int seconds) {
    return command(load, "PORT", seconds);
  }

  private List<String> command(Load load, String port, int seconds) {
    List<String> arguments = arguments(load, port, seconds, scriptFile(load).toString());
    return Cores.pinned(cores(load), Stream.concat(Stream.of("wrk"), arguments.stream()).toList());
  }

  private Path scriptFile(Load load) {
    return folder.resolve("pipeline-" + load.pipeline() + ".lua");
  }

  @Override
  public LoadFigures run(Load load, int port, int seconds) {
    List<String> command = command(load, Integer.toString(port), seconds);
    try {
      Files.writeString(scriptFile(load), script(load.pipeline()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      running = process;
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return parse(process.waitFor(), output);
    } catch (IOException e) {
      throw new BenchException("wrk: cannot start it: " + e.getMessage(), e);
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
