package dev.leantea.exchange;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Holds a body's writer back while the client is slower: bytes handed over and bytes unsent
 * together stay below a high-water mark, plus one piece.
 *
 * <pre>
 *  writer ── add ──▶ handed over ── sent ──▶ unsent on the wire ──▶ socket
 *     └─ await: until both together are below the mark
 * </pre>
 */
final class SendWindow {
  /** The high-water mark. */
  static final int MAX_BYTES = 64 * 1024;

  private final Monitor monitor = new Monitor();
  private long handedOver;
  private long unsent;
  private @Nullable Failure failure;

  /** The writer is about to hand bytes over. */
  void add(long bytes) {
    monitor.lock();
    try {
      handedOver += bytes;
    } finally {
      monitor.unlock();
    }
  }

  /** The owner took bytes, and this much is unsent now. */
  void taken(long bytes, long nowUnsent) {
    monitor.lock();
    try {
      handedOver -= bytes;
      unsent = nowUnsent;
      if (isOpen()) {
        monitor.signal();
      }
    } finally {
      monitor.unlock();
    }
  }

  private boolean isOpen() {
    return handedOver + unsent <= MAX_BYTES;
  }

  /** The client is gone: the writer's next call throws this. */
  void fail(Failure cause) {
    monitor.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      monitor.signal();
    } finally {
      monitor.unlock();
    }
  }

  /** Waits until the client has caught up. */
  void await() throws IOException {
    Failure failed;
    monitor.lock();
    try {
      while (failure == null && !isOpen()) {
        monitor.await("the client");
      }
      failed = failure;
    } finally {
      monitor.unlock();
    }
    if (failed != null) {
      throw failed.afterYield();
    }
  }
}
