package dev.leantea.http1;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds a body's writer back while the client is slower: octets handed over and octets unsent
 * together stay below a high-water mark, plus one piece.
 *
 * <pre>
 *  writer ── add ──▶ handed over ── sent ──▶ unsent in the transport ──▶ socket
 *     └─ await: until both together are below the mark
 * </pre>
 */
final class Backlog {
  /** The high-water mark. */
  static final int MOST_OCTETS = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long handedOver;
  private long unsent;
  private @Nullable IOException failure;

  /** The writer is about to hand octets over. */
  void add(long octets) {
    lock.lock();
    try {
      handedOver += octets;
    } finally {
      lock.unlock();
    }
  }

  /** The owner took octets, and this much is unsent now. */
  void taken(long octets, long nowUnsent) {
    lock.lock();
    try {
      handedOver -= octets;
      unsent = nowUnsent;
      if (isLow()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isLow() {
    return handedOver + unsent <= MOST_OCTETS;
  }

  /** The client is gone: the writer's next call throws this. */
  void fail(IOException cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the client has caught up. */
  void await() throws IOException {
    lock.lock();
    try {
      while (failure == null && !isLow()) {
        changed.await();
      }
      if (failure != null) {
        throw failure;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while waiting for the client");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      lock.unlock();
    }
  }
}
