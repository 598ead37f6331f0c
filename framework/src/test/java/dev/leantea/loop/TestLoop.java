package dev.leantea.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * The smallest loop on a {@link Carrier}: it runs tasks and handlers, and has no events. It waits
 * without a limit, so a wake-up that is lost ends in the test's timeout.
 */
final class TestLoop implements AutoCloseable {
  private final ArrivalQueue<Runnable> tasks = new ArrivalQueue<>();
  private final Semaphore wakeups = new Semaphore(0);
  private boolean over;

  final Carrier carrier = new Carrier("loop", "handler", this::run, wakeups::release);

  TestLoop() {
    carrier.start();
  }

  private void run() {
    while (!over) {
      carrier.watch().rest();
      carrier.runOnPlatformThread(this::await);
      carrier.watch().beat();
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      if (!over && carrier.hasRunnable()) {
        carrier.runOthers();
      }
    }
  }

  private void await() {
    boolean idle = carrier.beginWait() && tasks.isEmpty();
    if (idle) {
      wakeups.acquireUninterruptibly();
    }
    wakeups.drainPermits();
    carrier.endWait();
  }

  void execute(Runnable task) {
    if (carrier.isOnPlatformThread()) {
      tasks.addNear(task);
    } else {
      tasks.addFar(task);
      carrier.wakeLoop();
    }
  }

  /** Starts a handler on the loop's thread. */
  void start(Runnable handler) {
    execute(() -> carrier.start(handler));
  }

  /** Runs a test's step as a handler, and waits for it. */
  void handle(Runnable step) throws InterruptedException, ExecutionException {
    var done = new CompletableFuture<Void>();
    start(() -> complete(done, step));
    done.get();
  }

  private static void complete(CompletableFuture<Void> done, Runnable step) {
    try {
      step.run();
      done.complete(null);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  /** This turn is the last one, and lets no handler run any more. The loop's thread. */
  void end() {
    over = true;
  }

  /** Ends the loop, whatever its handlers do. */
  @Override
  public void close() {
    execute(this::end);
    try {
      carrier.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
