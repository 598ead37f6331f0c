package dev.leantea.reactor;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;

/**
 * Closes what a constructor has opened, last first, unless all of it {@linkplain #succeeded()
 * succeeded}.
 */
final class Undo implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final ArrayDeque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  void succeeded() {
    opened.clear();
  }

  @Override
  public void close() {
    opened.forEach(Undo::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "close failed", e);
    }
  }
}
