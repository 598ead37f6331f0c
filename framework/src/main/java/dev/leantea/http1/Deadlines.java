package dev.leantea.http1;

import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines of a connection, in the owner's time. Setting one writes a field and needs no
 * timer: they are checked a few times a second.
 *
 * <pre>
 *  input   idle ─▶ head ─▶ body ─▶ never, while the handler runs ─▶ idle …
 *  output  never ─▶ stall, since the client last read ─▶ never
 *  linger  never ─▶ silence, and a maximum
 * </pre>
 *
 * <p>One owner thread.
 */
final class Deadlines {
  /** The value of a deadline that is not set. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * How long a connection must be idle to be closed by a drain. Under load every connection is idle
   * for a moment between two requests, and the next one may be on its way.
   */
  static final long DRAIN_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** How long a connection that was already idle when the drain began is still read. */
  static final long DRAIN_LAST_READ_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LINGER_SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Http1Protocol protocol;
  private final Wire wire;
  private final Owner owner;
  private boolean headStarted;
  private long idleSince;
  private long input;

  /** Content of the body when the input's deadline was set; negative when it is another one. */
  private long content = -1;

  private long output = NEVER;
  private long lingerEnd = NEVER;

  Deadlines(Http1Protocol protocol, Wire wire, Owner owner) {
    this.protocol = protocol;
    this.wire = wire;
    this.owner = owner;
    this.idleSince = owner.nanoTime();
    this.input = idleSince + protocol.idleNanos;
  }

  /** Until when the client must send something. */
  long input() {
    return Math.min(input, lingerEnd);
  }

  /** Until when the client must read some of the response. */
  long output() {
    return output;
  }

  /** Whether a head has begun and is not complete. */
  boolean headStarted() {
    return headStarted;
  }

  // ---- input

  /** Whether nothing is expected from the client for now. */
  boolean isInputNever() {
    return input == NEVER;
  }

  /** Nothing is expected from the client for now. */
  void inputNever() {
    content = -1;
    input = NEVER;
  }

  /** Starts the idle timeout, which is short in a drain: a stream may end after it began. */
  void awaitRequest() {
    headStarted = false;
    idleSince = owner.nanoTime();
    input = idleSince + (owner.draining() ? DRAIN_IDLE_NANOS : protocol.idleNanos);
  }

  /** Starts the timeout of a head, with its first byte. */
  void awaitHead() {
    if (!headStarted) {
      headStarted = true;
      input = owner.nanoTime() + protocol.headNanos;
    }
  }

  void headComplete() {
    headStarted = false;
    content = -1;
  }

  /**
   * Starts the timeout of a body anew, if there is more content: bytes of its framing alone are no
   * progress.
   *
   * @param total bytes of content so far
   */
  void awaitBody(long total) {
    if (total != content) {
      content = total;
      input = owner.nanoTime() + protocol.stallNanos;
    }
  }

  /** Shortens the timeout of an idle connection: the server drains. */
  void drainIdle() {
    long lastRead = owner.nanoTime() + DRAIN_LAST_READ_NANOS;
    input = Math.min(input, Math.max(idleSince + DRAIN_IDLE_NANOS, lastRead));
  }

  // ---- output

  /** The client took bytes, and this much is left. */
  void took(long unsent) {
    output = unsent == 0 ? NEVER : owner.nanoTime() + protocol.stallNanos;
  }

  /** Bytes are on their way, and this much is left; an earlier deadline stays. */
  void flushed(long unsent) {
    if (unsent > 0 && output == NEVER) {
      output = owner.nanoTime() + protocol.stallNanos;
    }
  }

  // ---- the end

  /** The time runs from when the last answer is out: before that, the output's deadline counts. */
  void linger() {
    if (lingerEnd == NEVER) {
      boolean sent = wire.unsent() == 0;
      long now = owner.nanoTime();
      input = sent ? now + lingerSilentNanos() : NEVER;
      lingerEnd = sent ? now + LINGER_NANOS : NEVER;
    }
  }

  /** The client still sends to a connection that only waits for its end. */
  void heardWhileLingering() {
    if (lingerEnd != NEVER) {
      input = owner.nanoTime() + lingerSilentNanos();
    }
  }

  /** The server drains, and does not wait for long for a peer that does not close. */
  void drainLingering() {
    if (lingerEnd != NEVER) {
      input = Math.min(input, owner.nanoTime() + DRAIN_IDLE_NANOS);
    }
  }

  private long lingerSilentNanos() {
    return owner.draining() ? DRAIN_IDLE_NANOS : LINGER_SILENT_NANOS;
  }
}
