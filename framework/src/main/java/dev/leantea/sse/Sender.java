package dev.leantea.sse;

import org.jspecify.annotations.Nullable;

/**
 * A thread that sends, and that other threads may interrupt: while it is in a handler, never
 * afterwards, for then the interrupt would meet what the thread does next; and for a drain not in
 * the middle of a write, so that what was sent is whole.
 *
 * <p>Any thread. Its monitor is held for a few instructions and never while something waits.
 */
final class Sender {
  private @Nullable Thread thread;
  private boolean interrupted;
  private boolean writing;
  private boolean draining;

  /** The current thread enters the handler. */
  synchronized void begin() {
    thread = Thread.currentThread();
    if (interrupted) {
      thread.interrupt();
    }
  }

  /** The thread leaves the handler: an interrupt that came from here is undone. */
  synchronized void end() {
    thread = null;
    if (interrupted) {
      var _ = Thread.interrupted();
    }
  }

  /** Interrupts the thread, in a write too. */
  synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Some thread begins to write; false when it may not, for the server drains. */
  synchronized boolean beginWrite() {
    writing = !draining;
    return writing;
  }

  /** The write has ended. */
  synchronized void endWrite() {
    writing = false;
    if (draining) {
      interrupt();
    }
  }

  /** Interrupts the thread at once, or after the write under way. */
  synchronized void drain() {
    draining = true;
    if (!writing) {
      interrupt();
    }
  }

  synchronized boolean isDraining() {
    return draining;
  }
}
