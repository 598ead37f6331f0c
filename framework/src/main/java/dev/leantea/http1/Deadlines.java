package dev.leantea.http1;

import java.util.concurrent.TimeUnit;

/**
 * When a connection is next overdue, in the transport's time. Setting one costs a field, no timer:
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

  private static final long LINGER_SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Http1Context context;
  private final Transport transport;
  private boolean headStarted;
  private long input;
  private long output = NEVER;
  private long lingerEnd = NEVER;

  Deadlines(Http1Context context, Transport transport) {
    this.context = context;
    this.transport = transport;
    this.input = transport.nanoTime() + context.idleNanos;
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
    input =
        transport.nanoTime()
            + (transport.draining() ? Http1Connection.DRAIN_IDLE_NANOS : context.idleNanos);
  }

  /** The time of a head runs from its first octet. */
  void awaitHead() {
    if (!headStarted) {
      headStarted = true;
      input = transport.nanoTime() + context.headNanos;
    }
  }

  void headComplete() {
    headStarted = false;
  }

  void awaitBody() {
    input = transport.nanoTime() + context.stallNanos;
  }

  /** A request may be on its way to a server that closes down; but not for long. */
  void drainIdle() {
    input = Math.min(input, transport.nanoTime() + Http1Connection.DRAIN_IDLE_NANOS);
  }

  // ---- output

  /** The client took octets, and this much is left. */
  void took(long unsent) {
    output = unsent == 0 ? NEVER : transport.nanoTime() + context.stallNanos;
  }

  /** Octets are on their way, and this much is left; an earlier deadline stays. */
  void flushed(long unsent) {
    if (unsent > 0 && output == NEVER) {
      output = transport.nanoTime() + context.stallNanos;
    }
  }

  // ---- the end

  /** The time runs from when the last answer is out: before that, the output's deadline counts. */
  void linger() {
    if (lingerEnd == NEVER) {
      boolean sent = transport.unsent() == 0;
      long now = transport.nanoTime();
      input = sent ? now + LINGER_SILENT_NANOS : NEVER;
      lingerEnd = sent ? now + LINGER_NANOS : NEVER;
    }
  }

  /** The client still sends to a connection that only waits for its end. */
  void heardWhileLingering() {
    if (lingerEnd != NEVER) {
      input = transport.nanoTime() + LINGER_SILENT_NANOS;
    }
  }
}
