package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.Contender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server that runs as a child process.
 *
 * <ol>
 *   <li>Made by {@link ServerStarter}, which waits until it answers.
 *   <li>Measured through {@link #tree}; {@link #requireAlive} tells when it died.
 *   <li>{@link #close} ends it with all its descendants: SIGTERM, then SIGKILL.
 * </ol>
 */
public final class ServerProcess implements RunningServer {
  private static final long DRAIN_SECONDS = 5;

  private final Process process;
  private final ProcessTree tree;
  private final Path log;
  private int port;
  private Contender contender;

  ServerProcess(Process process, Path log, int port, Contender contender) {
    this.process = process;
    this.tree = new ProcessTree(process.pid());
    this.log = log;
    this.port = port;
    this.contender = contender;
  }

  /** Notes what was learnt at its first answer. */
  void answered(int port, String about) {
    this.port = port;
    this.contender =
        new Contender(contender.name(), about, contender.placement(), contender.command());
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public ProcessTree tree() {
    return tree;
  }

  @Override
  public void requireAlive() throws BenchException {
    if (!process.isAlive()) {
      throw new BenchException(
          "ended with status " + process.exitValue() + Readiness.said(output()));
    }
  }

  @Override
  public String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** SIGTERM, and time for what it does at its end. */
  void terminate(long seconds) {
    process.destroy();
    await(List.of(process.toHandle()), seconds);
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroy);
    await(all, DRAIN_SECONDS);
    all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }

  private static void await(List<ProcessHandle> handles, long seconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (ProcessHandle handle : handles) {
      try {
        handle.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
