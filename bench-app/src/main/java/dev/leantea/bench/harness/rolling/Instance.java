package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.server.HttpProbe;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.harness.server.ServerStarter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server as a process, on a port that it keeps. One thread, but any thread closes it.
 *
 * <pre>
 *  start ─▶ READY ── restart: SIGTERM ─▶ drains ─▶ exit with 0 ─▶ start ─▶ READY … close
 * </pre>
 */
final class Instance implements Cleanup.Resource {
  private static final long MAX_SECONDS = 60;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final int port;
  private final List<String> command;
  private final Path log;
  private volatile Process process;

  private Instance(int port, List<String> command, Path log) {
    this.port = port;
    this.command = command;
    this.log = log;
    this.process = launch();
  }

  /**
   * Starts one; returns when it is ready.
   *
   * @param readyDelay seconds in which it says that it is not ready, before it drains
   */
  static Instance start(Cleanup cleanup, Path log, String backend, double readyDelay) {
    int port = ServerStarter.freePort();
    List<String> serve =
        List.of(
            "serve", "--backend", backend, "--port", "" + port, "--ready-delay", "" + readyDelay);
    var instance =
        cleanup.add(new Instance(port, JavaCommand.self(List.of("-Xmx256m"), serve), log));
    instance.awaitReady();
    return instance;
  }

  int port() {
    return port;
  }

  private Process launch() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
    String last = "";
    while (System.nanoTime() < deadline && process.isAlive()) {
      last = HttpProbe.check(port, "/ready");
      if (last.isEmpty()) {
        return;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw new BenchException("expected a server that is ready, got: " + last + "; log: " + log);
  }

  /** As a deployment does it. Returns when the new process is ready. */
  void restart() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      throw new BenchException("expected an exit within " + MAX_SECONDS + " s of SIGTERM");
    }
    if (process.exitValue() != 0) {
      throw new BenchException("expected exit status 0 of a drain, got " + process.exitValue());
    }
    process = launch();
    awaitReady();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
