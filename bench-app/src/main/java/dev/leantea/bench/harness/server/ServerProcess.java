package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.report.Results.ServerInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server that runs as a child process. One thread.
 *
 * <ol>
 *   <li>{@link ServerStarter} starts it and waits until it answers.
 *   <li>It is measured through {@link #tree}; {@link #requireAlive} says when it ended.
 *   <li>{@link #close} ends it and all its descendants: SIGTERM, 5 s later SIGKILL.
 * </ol>
 */
public final class ServerProcess implements Cleanup.Resource {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/]+:(\\d+)");
  private static final long DRAIN_SECONDS = 5;
  private static final long POLL_NANOS = 1_000_000;

  private final Process process;
  private final Path log;
  private final ServerInfo started;
  private final HttpProbe probe;
  private int port;

  /**
   * @param log where its output goes
   * @param port that it listens on; 0: it chooses one and prints its address
   * @param probe asks it
   */
  ServerProcess(Process process, Path log, ServerInfo started, int port, HttpProbe probe) {
    this.process = process;
    this.log = log;
    this.started = started;
    this.port = port;
    this.probe = probe;
  }

  public String name() {
    return started.name();
  }

  public int port() {
    return port;
  }

  /** How it was started, with its version or the line that it printed. */
  public ServerInfo info() {
    String about =
        started.command().contains(ServerSpec.NGINX)
            ? Programs.output(ServerSpec.NGINX, "-v").strip()
            : output().lines().filter(ADDRESS.asPredicate()).findFirst().orElse("");
    return new ServerInfo(name(), about, started.placement(), started.command());
  }

  public ProcessTree tree() {
    return new ProcessTree(process.pid());
  }

  /**
   * Returns when {@code GET path} was answered with 200.
   *
   * @throws BenchException when the server ends or does not answer in time
   */
  void awaitAnswer(String path, int seconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    String last = "no line with its address";
    while (System.nanoTime() < deadline) {
      requireAlive();
      int known = knownPort();
      last = known == 0 ? last : probe.check(known, path);
      if (last.isEmpty()) {
        requireAlive(); // else another server has the port, and answered
        port = known;
        return;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    throw new BenchException(
        "expected 200 from %s%s within %d s, got: %s%s"
            .formatted(path, port == 0 ? "" : " on port " + port, seconds, last, lastLine()));
  }

  /** The fixed port, or the one in the line that the server printed; 0: none yet. */
  private int knownPort() {
    Matcher address = ADDRESS.matcher(port == 0 ? output() : "");
    return address.find() ? Integer.parseInt(address.group(1)) : port;
  }

  /** Does nothing while the server runs, else throws how it ended and what it printed last. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new BenchException("ended with status " + process.exitValue() + lastLine());
    }
  }

  /** The last line of the output, as the end of a message. */
  public String lastLine() {
    String line = Programs.lastLine(output());
    return line.isEmpty() ? "" : "; its output ends: " + line;
  }

  /** What it has printed so far. */
  public String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** SIGTERM, and time for what it does at its end; returns its status, -1 while it still runs. */
  public int terminate(long seconds) {
    process.destroy();
    await(List.of(process.toHandle()), seconds);
    return process.isAlive() ? -1 : process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroy);
    await(all, DRAIN_SECONDS);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static void await(List<ProcessHandle> handles, long seconds) {
    CompletableFuture.allOf(
            handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, seconds, TimeUnit.SECONDS)
        .join();
  }
}
