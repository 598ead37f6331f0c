package dev.leantea.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Closes what a run has opened, however the run ends. Any thread.
 *
 * <ol>
 *   <li>{@link #install} registers a shutdown hook: Ctrl-C and SIGTERM run it.
 *   <li>{@link #add} takes what was just opened; {@link #release} closes it earlier.
 *   <li>{@link #close} closes the rest once, last opened first. What is added later is closed at
 *       once, so an interrupted run starts nothing more.
 * </ol>
 */
public final class Cleanup implements AutoCloseable {
  /** A child process, a container, a temporary folder. Closing it again does nothing. */
  @FunctionalInterface
  public interface Resource extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Resource> open = new ArrayDeque<>();
  private boolean closed;

  private Cleanup() {}

  public static Cleanup install() {
    Cleanup cleanup = new Cleanup();
    Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "bench-cleanup"));
    return cleanup;
  }

  /**
   * Keeps what was just opened.
   *
   * @throws BenchException when the run is over; the resource is closed then
   */
  public <R extends Resource> R add(R resource) {
    synchronized (this) {
      if (!closed) {
        open.push(resource);
        return resource;
      }
    }
    resource.close();
    throw new BenchException("interrupted");
  }

  public void release(Resource resource) {
    synchronized (this) {
      open.remove(resource);
    }
    resource.close();
  }

  public synchronized boolean closed() {
    return closed;
  }

  /** Makes a temporary folder, which is deleted with all that is in it. */
  public Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("leantea-bench-");
      var _ = add(() -> delete(folder));
      return folder;
    } catch (IOException e) {
      throw new BenchException("cannot make a temporary folder: " + e, e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println("bench: cannot delete " + folder + ": " + e);
    }
  }

  @Override
  public void close() {
    for (Resource resource = next(); resource != null; resource = next()) {
      resource.close();
    }
  }

  private synchronized @Nullable Resource next() {
    closed = true;
    return open.poll();
  }
}
