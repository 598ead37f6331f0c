package dev.leantea.exchange;

import dev.leantea.http.HttpException;
import dev.leantea.http.MemoryReservation;

/**
 * What one request has reserved of the server's {@link BodyBudget}: its gathered body, and what its
 * handler keeps of it. Any thread.
 *
 * <pre>
 *  held by the exchange, and by its handler while that runs ── the last one lets go ──▶ RELEASED
 * </pre>
 *
 * <p>A handler holds it too, for its arrays stay in the heap when its client leaves. Once released,
 * nothing is counted any more: what can still be read is what had arrived.
 */
final class BodyMemory {
  private final BodyBudget budget;
  private int holders = 1;
  private long reserved;

  BodyMemory(BodyBudget budget) {
    this.budget = budget;
  }

  /** One more holder; none when it was released. */
  synchronized void hold() {
    if (holders > 0) {
      holders++;
    }
  }

  /** One holder less; the last one gives all back. */
  synchronized void letGo() {
    if (holders > 0) {
      holders--;
      if (holders == 0) {
        budget.release(reserved);
      }
    }
  }

  /** Reserves bytes, if the server has as many left. */
  synchronized boolean reserve(long bytes) {
    if (holders == 0) {
      return true;
    }
    boolean granted = budget.reserve(bytes);
    if (granted) {
      reserved += bytes;
    }
    return granted;
  }

  /** Gives back some of the reserved bytes. */
  synchronized void release(long bytes) {
    if (holders > 0) {
      reserved -= bytes;
      budget.release(bytes);
    }
  }

  /** The answer when the server has none left. */
  static HttpException exhausted() {
    return new HttpException(503, "the server has no memory left for request bodies: try again");
  }

  /** A reservation for what the handler keeps. */
  MemoryReservation reservation() {
    return new Kept();
  }

  private final class Kept implements MemoryReservation {
    private long size;

    @Override
    public void resize(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("reservation: expected 0 bytes or more, got " + bytes);
      }
      if (bytes <= size) {
        release(size - bytes);
      } else if (!reserve(bytes - size)) {
        throw exhausted();
      }
      size = bytes;
    }

    @Override
    public void close() {
      resize(0);
    }
  }
}
