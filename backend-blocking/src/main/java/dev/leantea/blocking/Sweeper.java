package dev.leantea.blocking;

import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Looks at all connections a few times a second, so that no request costs a timer: idle ones whose
 * time is up, and writes that a client does not take.
 */
final class Sweeper implements Runnable {
  private static final long PERIOD_MILLIS = 100;

  private final Set<BlockingConnection> connections;
  private final BooleanSupplier draining;
  private final Thread thread;

  Sweeper(Set<BlockingConnection> connections, BooleanSupplier draining) {
    this.connections = connections;
    this.draining = draining;
    this.thread = Thread.ofPlatform().name("leantea-sweeper").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MILLIS);
        long now = System.nanoTime();
        boolean drain = draining.getAsBoolean();
        connections.forEach(connection -> connection.sweep(now, drain));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped
    }
  }
}
