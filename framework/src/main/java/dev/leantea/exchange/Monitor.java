package dev.leantea.exchange;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock and a condition between the owner thread and a handler's thread. The one place where a
 * handler waits for its connection, and where an interrupt becomes an {@link
 * InterruptedIOException}; the thread's interrupt flag stays set.
 *
 * <p>Made only where a thread may have to wait: a request without a body and with an answer in
 * memory has none.
 */
final class Monitor {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Something changed that a waiting thread may be interested in. The lock is held. */
  void signal() {
    changed.signalAll();
  }

  /**
   * Waits for one signal, or for none: callers look at their condition again. The lock is held.
   *
   * @param what that is waited for, for the exception's message
   */
  @SuppressWarnings("WaitNotInLoop") // the callers are loops
  void await(String what) throws InterruptedIOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while waiting for " + what);
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
