package dev.leantea.tls.openssl;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One step of a handshake, beside the event loop. Whoever comes last frees the {@code SSL}: the
 * task, when it was abandoned while it ran.
 *
 * <pre>
 *  WAITING ─ run ─▶ RUNNING ─▶ DONE ─ step
 *     └──── abandon ───┴────────┴──▶ ABANDONED
 * </pre>
 */
final class HandshakeTask implements Runnable {
  private enum Stage {
    WAITING,
    RUNNING,
    DONE,
    ABANDONED
  }

  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  private final Supplier<HandshakeStep> work;
  private final Runnable free;
  private HandshakeStep step = new HandshakeStep.Incomplete();

  /**
   * @param free frees the {@code SSL}
   */
  HandshakeTask(Supplier<HandshakeStep> work, Runnable free) {
    this.work = work;
    this.free = free;
  }

  @Override
  public void run() {
    if (stage.compareAndSet(Stage.WAITING, Stage.RUNNING)) {
      step = work.get();
      if (!stage.compareAndSet(Stage.RUNNING, Stage.DONE)) {
        free.run();
      }
    }
  }

  /** The result. After {@link #run}. */
  HandshakeStep step() {
    if (stage.get() != Stage.DONE) {
      throw new IllegalStateException("handshake: expected the task to have ended");
    }
    return step;
  }

  /**
   * The engine is closed.
   *
   * @return whether the task frees the {@code SSL}, because it is running
   */
  boolean abandon() {
    return stage.getAndSet(Stage.ABANDONED) == Stage.RUNNING;
  }
}
