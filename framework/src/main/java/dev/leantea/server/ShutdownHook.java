package dev.leantea.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes a server when the JVM shuts down, and then the resources that it used.
 *
 * <pre>
 *  none ── register ──▶ registered ── JVM ends: close, wait ──▶ server stopped: resources closed
 *                           └──────── closed by hand ─────────▶ the same, and the hook removed
 * </pre>
 *
 * <p>Any thread.
 */
final class ShutdownHook {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Thread thread;
  private final List<AutoCloseable> afterwards = new ArrayList<>();
  private boolean registered;
  private boolean stopped;

  /**
   * @param close closes the server and waits for its end
   */
  ShutdownHook(Runnable close) {
    thread = Thread.ofPlatform().name("leantea-shutdown").unstarted(close);
  }

  /** Registers the hook, once, and adds resources; those of a stopped server are closed at once. */
  void register(List<AutoCloseable> resources) {
    synchronized (this) {
      if (!stopped) {
        afterwards.addAll(resources);
        addHook();
        return;
      }
    }
    resources.forEach(ShutdownHook::close);
  }

  private void addHook() {
    if (!registered) {
      registered = true;
      try {
        Runtime.getRuntime().addShutdownHook(thread);
      } catch (IllegalStateException e) {
        LOG.log(Level.DEBUG, "the JVM ends already", e);
      }
    }
  }

  /** Removes the hook, and closes the resources in their order. */
  void serverStopped() {
    List<AutoCloseable> resources;
    synchronized (this) {
      stopped = true;
      removeHook();
      resources = List.copyOf(afterwards);
    }
    resources.forEach(ShutdownHook::close);
  }

  private void removeHook() {
    if (registered) {
      try {
        Runtime.getRuntime().removeShutdownHook(thread);
      } catch (IllegalStateException e) {
        LOG.log(Level.DEBUG, "the JVM ends, the hook runs", e);
      }
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "closing " + resource + " after the server failed", e);
    }
  }
}
