package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
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
final class LocalWrk implements LoadGenerator {
  private static final double CALL_SECONDS = 0.15;

  private final Path folder;
  private volatile @Nullable Process running;

  LocalWrk(Path folder) {
    this.folder = folder;
    if (!Programs.onPath("wrk")) {
      throw new BenchException(
          "wrk is not on PATH: install it (Debian: apt-get install wrk), or start Docker and use"
              + " --wrk docker");
    }
  }

  @Override
  public double callSeconds() {
    return CALL_SECONDS;
  }

  @Override
  public List<String> command(LoadRequest request) {
    List<String> arguments = request.arguments(script(request).toString());
    return Cores.pinned(
        request.cores(), Stream.concat(Stream.of("wrk"), arguments.stream()).toList());
  }

  private Path script(LoadRequest request) {
    return folder.resolve("pipeline-" + request.load().pipeline() + ".lua");
  }

  @Override
  public LoadFigures run(LoadRequest request) {
    try {
      Files.writeString(script(request), WrkScript.text(request.load().pipeline()));
      Process process = new ProcessBuilder(command(request)).redirectErrorStream(true).start();
      running = process;
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return WrkScript.parse(process.waitFor(), output);
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
