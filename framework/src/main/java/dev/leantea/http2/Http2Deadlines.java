package dev.leantea.http2;

import dev.leantea.wire.Owner;
import dev.leantea.wire.WireListener;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines of a connection, in the owner's time. Setting one writes a field and needs no
 * timer: they are checked a few times a second.
 *
 * <pre>
 *  idle    without streams: idleTimeout
 *  head    preface, header block: headTimeout from its first byte
 *  output  unsent bytes: stallTimeout since the client last read
 *  drain   for the answer to a PING
 *  linger  silence, and a maximum
 * </pre>
 *
 * <p>One owner thread.
 */
final class Http2Deadlines {
  private static final long NEVER = WireListener.NEVER;

  /** How long a drain waits for the answer to its PING. */
  private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LINGER_SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How often the deadlines of streams are checked where no loop does it by itself. */
  private static final long STREAM_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Http2Protocol protocol;
  private final Owner owner;
  private long received;

  /** When they were last checked. */
  private long checked;

  /** When the last stream ended. */
  private long lastStream;

  private long head;
  private long output = NEVER;
  private long drain = NEVER;
  private long linger = NEVER;
  private long lingerEnd = NEVER;
  private boolean streams;
  private boolean incomplete = true;

  Http2Deadlines(Http2Protocol protocol, Owner owner) {
    this.protocol = protocol;
    this.owner = owner;
    this.received = owner.nanoTime();
    this.checked = received;
    this.lastStream = received;
    this.head = received + protocol.headNanos;
  }

  long idle() {
    return streams || incomplete ? NEVER : Math.max(received, lastStream) + protocol.idleNanos;
  }

  long head() {
    return head;
  }

  long output() {
    return output;
  }

  long drain() {
    return drain;
  }

  long linger() {
    return Math.min(linger, lingerEnd);
  }

  /** When bytes were last received. */
  long lastReceived() {
    return received;
  }

  /** The next deadline, for an owner that waits for input. */
  long next() {
    long next = Math.min(Math.min(idle(), head), Math.min(Math.min(output, drain), linger()));
    return streams ? Math.min(next, checked + STREAM_CHECK_NANOS) : next;
  }

  /** All of them were checked. */
  void checked(long now) {
    checked = now;
  }

  void received() {
    received = owner.nanoTime();
  }

  /**
   * The end of a turn.
   *
   * @param incomplete whether a preface or a header block has begun and not ended
   * @param streams whether there are any
   */
  void settle(boolean incomplete, boolean streams) {
    if (!incomplete) {
      head = NEVER;
    } else if (head == NEVER) {
      head = owner.nanoTime() + protocol.headNanos;
    }
    if (this.streams && !streams) {
      lastStream = owner.nanoTime();
    }
    this.incomplete = incomplete;
    this.streams = streams;
  }

  /** The client took bytes, and this much is left. */
  void took(long unsent) {
    output = unsent == 0 ? NEVER : owner.nanoTime() + protocol.stallNanos;
  }

  /** Bytes are on their way, and this much is left; an earlier deadline stays. */
  void flushed(long unsent) {
    if (unsent == 0) {
      output = NEVER;
    } else if (output == NEVER) {
      output = owner.nanoTime() + protocol.stallNanos;
    }
  }

  void startDrain() {
    drain = owner.nanoTime() + DRAIN_NANOS;
    if (head != NEVER) {
      head = Math.min(head, drain);
    }
  }

  /** The last frame was sent: the client is expected to close. */
  void startLinger() {
    if (lingerEnd == NEVER) {
      lingerEnd = owner.nanoTime() + LINGER_NANOS;
      heardWhileLingering();
    }
  }

  /** The client still sends to a connection that only waits for its end. */
  void heardWhileLingering() {
    if (lingerEnd != NEVER) {
      linger = owner.nanoTime() + (owner.draining() ? DRAIN_NANOS : LINGER_SILENT_NANOS);
    }
  }

  /** The server drains, and does not wait for long for a peer that does not close. */
  void drainLingering() {
    if (lingerEnd != NEVER) {
      linger = Math.min(linger, owner.nanoTime() + DRAIN_NANOS);
    }
  }
}
