package dev.leantea.http1;

import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import java.util.concurrent.TimeUnit;

/**
 * When a connection is next overdue, in the owner's time. Setting one costs a field, no timer:
 * somebody looks at them a few times a second.
 *
 * <pre>
 *  input   idle ─▶ head ─▶ body ─▶ never, while the handler owes the answer ─▶ idle …
 *  output  never ─▶ stall, from the last octet that the client took ─▶ never
 *  linger  never ─▶ silence, and an end in any case
 * </pre>
 *
 * <p>One owner thread.
 */
final class Deadlines {
  /** The value of a deadline that is not set. */
  static final long NEVER = Long.MAX_VALUE;

  /** How long a connection must be idle to be closed by a drain. */
  static final long DRAIN_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LINGER_SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Http1Protocol protocol;
  private final Wire wire;
  private final Owner owner;
  private boolean headStarted;
  private long input;
  private long output = NEVER;
  private long lingerEnd = NEVER;

  Deadlines(Http1Protocol protocol, Wire wire, Owner owner) {
    this.protocol = protocol;
    this.wire = wire;
    this.owner = owner;
    this.input = owner.nanoTime() + protocol.idleNanos;
  }

  /** When the client is overdue to send. */
  long input() {
    return Math.min(input, lingerEnd);
  }

  /** When the client is overdue to take what we sent. */
  long output() {
    return output;
  }

  /** Whether a head has begun and is not complete. */
  boolean headStarted() {
    return headStarted;
  }

  // ---- input

  /** Whether the client owes nothing for now. */
  boolean isInputNever() {
    return input == NEVER;
  }

  /** The client owes nothing for now. */
  void inputNever() {
    input = NEVER;
  }

  /** A server that closes down waits for a moment only: a stream may end after the drain began. */
  void awaitRequest() {
    headStarted = false;
    input = owner.nanoTime() + (owner.draining() ? DRAIN_IDLE_NANOS : protocol.idleNanos);
  }

  /** The time of a head runs from its first octet. */
  void awaitHead() {
    if (!headStarted) {
      headStarted = true;
      input = owner.nanoTime() + protocol.headNanos;
    }
  }

  void headComplete() {
    headStarted = false;
  }

  void awaitBody() {
    input = owner.nanoTime() + protocol.stallNanos;
  }

  /** A request may be on its way to a server that closes down; but not for long. */
  void drainIdle() {
    input = Math.min(input, owner.nanoTime() + DRAIN_IDLE_NANOS);
  }

  // ---- output

  /** The client took octets, and this much is left. */
  void took(long unsent) {
    output = unsent == 0 ? NEVER : owner.nanoTime() + protocol.stallNanos;
  }

  /** Octets are on their way, and this much is left; an earlier deadline stays. */
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
      input = sent ? now + LINGER_SILENT_NANOS : NEVER;
      lingerEnd = sent ? now + LINGER_NANOS : NEVER;
    }
  }

  /** The client still sends to a connection that only waits for its end. */
  void heardWhileLingering() {
    if (lingerEnd != NEVER) {
      input = owner.nanoTime() + LINGER_SILENT_NANOS;
    }
  }
}
