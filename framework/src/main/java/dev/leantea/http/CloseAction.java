package dev.leantea.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Something to be closed when a response is over, and what was registered before it. The copies of
 * a response share these: each is run once, whichever of the copies is closed, and how often.
 */
final class CloseAction {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final AutoCloseable action;
  private final @Nullable CloseAction earlier;
  private final AtomicBoolean done = new AtomicBoolean();

  CloseAction(AutoCloseable action, @Nullable CloseAction earlier) {
    this.action = action;
    this.earlier = earlier;
  }

  /** Runs all, the last registered first, as a try statement closes its resources. */
  static void run(@Nullable CloseAction last) {
    for (CloseAction next = last; next != null; next = next.earlier) {
      next.runOnce();
    }
  }

  private void runOnce() {
    if (!done.compareAndSet(false, true)) {
      return;
    }
    try {
      action.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.log(Level.WARNING, "onClose: interrupted", e);
    } catch (Exception | Error e) { // the response was handed over: it must not break off for this
      LOG.log(Level.WARNING, "onClose: the action failed", e);
    }
  }
}
