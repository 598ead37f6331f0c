package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.run.Workspace;
import dev.leantea.bench.harness.server.Commands;
import dev.leantea.bench.harness.server.Cores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** wrk from PATH, as a child process. */
public final class LocalWrk implements LoadGenerator {
  private static final double CALL_SECONDS = 0.15;

  private final Workspace workspace;
  private final String about;
  private volatile @Nullable Process running;

  private LocalWrk(Workspace workspace, String about) {
    this.workspace = workspace;
    this.about = about;
  }

  /**
   * Finds it.
   *
   * @throws BenchException when it is not there
   */
  public static LocalWrk find(Workspace workspace) throws BenchException {
    if (!Cores.onPath("wrk")) {
      throw new BenchException(
          "wrk is not on PATH: install it (Debian: apt-get install wrk), or start Docker and use"
              + " --wrk docker");
    }
    return new LocalWrk(workspace, Commands.firstLine(List.of("wrk", "-v")) + ", from PATH");
  }

  @Override
  public String about() {
    return about;
  }

  @Override
  public double callSeconds() {
    return CALL_SECONDS;
  }

  @Override
  public List<String> command(LoadRequest request) {
    List<String> command = new ArrayList<>(List.of("wrk"));
    command.addAll(request.arguments(script(request).toString()));
    return Cores.pinned(request.cores(), command);
  }

  private Path script(LoadRequest request) {
    return workspace.folder().resolve("pipeline-" + request.cell().pipeline() + ".lua");
  }

  @Override
  public LoadFigures run(LoadRequest request) throws BenchException {
    try {
      Files.writeString(script(request), WrkScript.text(request.cell().pipeline()));
      Process process = new ProcessBuilder(command(request)).redirectErrorStream(true).start();
      running = process;
      return WrkScript.parse(outputOf(process));
    } catch (IOException e) {
      throw new BenchException("wrk: cannot start it: " + e.getMessage(), e);
    } finally {
      running = null;
    }
  }

  private static String outputOf(Process process) throws IOException, BenchException {
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new BenchException("wrk: status " + status + "; it said: " + WrkScript.last(output));
      }
      return output;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
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
