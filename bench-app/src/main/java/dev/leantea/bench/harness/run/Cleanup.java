package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is open, so that it is closed however the run ends. Any thread.
 *
 * <ol>
 *   <li>{@link #install} registers a hook of the JVM: Ctrl-C and SIGTERM run it.
 *   <li>{@link #add} takes what was just opened; {@link #release} closes it earlier.
 *   <li>{@link #close} closes the rest, last opened first, once. What is added later is closed at
 *       once: a run that is being interrupted starts nothing more.
 * </ol>
 */
public final class Cleanup implements AutoCloseable {
  private final Deque<Resource> open = new ArrayDeque<>();
  private boolean closed;

  private Cleanup() {}

  /** A new one, with its hook. */
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
  public <R extends Resource> R add(R resource) throws BenchException {
    if (!kept(resource)) {
      resource.close();
      throw new BenchException("interrupted");
    }
    return resource;
  }

  private synchronized boolean kept(Resource resource) {
    if (!closed) {
      open.push(resource);
    }
    return !closed;
  }

  /** Closes one of them now. */
  public void release(Resource resource) {
    synchronized (this) {
      open.remove(resource);
    }
    resource.close();
  }

  /** Whether the run is over or being interrupted. */
  public synchronized boolean closed() {
    return closed;
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
