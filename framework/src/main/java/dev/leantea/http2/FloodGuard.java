package dev.leantea.http2;

import dev.leantea.wire.Owner;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what costs this server work and the client next to nothing (RFC 9113 §10.5). Each kind has
 * a number of events that may come at once, and a rate at which they may go on; beyond both the
 * connection ends with ENHANCE_YOUR_CALM.
 *
 * <p>An owner thread; until the first event it holds no memory.
 */
final class FloodGuard {
  /** What is counted, with the burst and the rate per second that are allowed. */
  enum Kind {
    /** The client cancels requests: rapid reset (CVE-2023-44487). */
    CANCELLED_REQUEST(0, "requests that were cancelled", 200, 50),

    /** The client makes the server reset streams (CVE-2025-8671), or refuse them. */
    STREAM_ERROR(1, "stream errors and refused streams", 200, 20),

    /** SETTINGS, of which each is acknowledged (CVE-2019-9515). */
    SETTINGS(2, "SETTINGS frames", 200, 20),

    /** PING, of which each is answered (CVE-2019-9512). */
    PING(3, "PING frames", 500, 50),

    /** PRIORITY and PRIORITY_UPDATE (CVE-2019-9513). */
    PRIORITY(4, "PRIORITY frames", 1000, 100),

    /**
     * WINDOW_UPDATE beyond those for DATA that was sent. A client whose windows cut a response into
     * small frames earns none (CVE-2019-9511).
     */
    WINDOW_UPDATE(5, "WINDOW_UPDATE frames", 1000, 100),

    /** DATA and field block fragments without content (CVE-2019-9518). */
    EMPTY(6, "empty frames", 100, 10),

    /** Frames of types that are ignored, acknowledgements, and for streams that have ended. */
    IGNORED(7, "frames that are ignored", 1000, 100);

    private final int slot;
    private final String text;
    private final int burst;
    private final int perSecond;

    Kind(int slot, String text, int burst, int perSecond) {
      this.slot = slot;
      this.text = text;
      this.burst = burst;
      this.perSecond = perSecond;
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int[] NONE = {};

  /** A client that lets fewer bytes pass at a time, of more that wait, earns no WINDOW_UPDATE. */
  private static final int MIN_CUT_BYTES = 1024;

  private final Owner owner;
  private int[] left = NONE;
  private long refilled;

  FloodGuard(Owner owner) {
    this.owner = owner;
  }

  /**
   * Counts an event.
   *
   * @throws Http2Exception of the connection, when there were too many
   */
  void count(Kind kind) throws Http2Exception {
    refill();
    if (--left[kind.slot] < 0) {
      throw new Http2Exception.OfConnection(
          ErrorCode.ENHANCE_YOUR_CALM,
          "too many "
              + kind.text
              + ": at most "
              + kind.burst
              + " at once and "
              + kind.perSecond
              + " a second");
    }
  }

  /** A response without DATA was sent. */
  void answered() {
    allow(Kind.WINDOW_UPDATE, 2);
    allow(Kind.PING, 1);
  }

  /**
   * A DATA frame was sent: the client may return its windows, and measure the round trip.
   *
   * @param bytes of content
   * @param more whether more waits, so that a window has cut a frame below its maximum
   */
  void sentData(int bytes, boolean more) {
    if (!more || bytes >= MIN_CUT_BYTES) {
      answered();
    }
  }

  /** Allows further events, for which the server has given reason. */
  private void allow(Kind kind, int events) {
    if (left.length > 0) {
      int i = kind.slot;
      left[i] = Math.min(kind.burst, left[i] + events);
    }
  }

  private void refill() {
    long now = owner.nanoTime();
    if (left.length == 0) {
      left = Arrays.stream(KINDS).mapToInt(kind -> kind.burst).toArray();
      refilled = now;
      return;
    }
    if (now - refilled >= SECOND_NANOS) {
      long seconds = (now - refilled) / SECOND_NANOS;
      refilled += TimeUnit.SECONDS.toNanos(seconds);
      for (Kind kind : KINDS) {
        int i = kind.slot;
        left[i] = (int) Math.min(kind.burst, left[i] + seconds * kind.perSecond);
      }
    }
  }
}
