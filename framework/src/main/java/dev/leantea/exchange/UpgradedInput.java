package dev.leantea.exchange;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the client sends after the connection left HTTP, between the owner thread, which offers
 * bytes, and the one thread that reads.
 *
 * <p>A read has a deadline: the owner looks at it from time to time ({@link #deadline}), and ends
 * the read that is overdue ({@link #expire}).
 */
public final class UpgradedInput {
  /** The value of a deadline that is not set. */
  private static final long NEVER = Long.MAX_VALUE;

  private final Pipe pipe;
  private final InputStream stream = new PipeInput(this::take);
  private boolean drained;

  /** Zero for none. */
  private volatile long timeoutNanos;

  /** When a read under way is overdue, in {@link System#nanoTime}. */
  private volatile long deadline = NEVER;

  private volatile boolean waiting;

  UpgradedInput(Pipe.Source source) {
    this.pipe = new Pipe(source);
  }

  // ---- the owner's side

  /**
   * Adds a copy of the bytes.
   *
   * @return whether there is room for more; else {@link ExchangeChannel#demand} follows
   */
  public boolean offer(byte[] bytes, int from, int to) {
    return pipe.offerAll(bytes, from, to);
  }

  /**
   * How many bytes may be offered now. With less than half of {@link Pipe#CAPACITY}, {@link
   * ExchangeChannel#demand} follows when half is free.
   */
  public int roomOrDemand() {
    return pipe.roomOrDemand();
  }

  /** The client sends no more. */
  public void end() {
    pipe.end();
  }

  /** The connection is gone: reads throw this, even before what had come. */
  void fail(Failure failure) {
    pipe.discard();
    pipe.fail(failure);
  }

  /** The deadline has passed: the read under way ends. */
  public void expire() {
    deadline = NEVER;
    pipe.expire("nothing came from the client in time");
  }

  /** The server begins to close down: the read under way, or the next one, ends. */
  public void drain() {
    if (!drained) {
      drained = true;
      pipe.expire("the server is closing down");
    }
  }

  /** When the read under way is overdue; {@link Long#MAX_VALUE} when none is. Any thread. */
  public long deadline() {
    return deadline;
  }

  // ---- the reader's side

  InputStream stream() {
    return stream;
  }

  /** How long a read waits, in nanoseconds; zero for ever. Any thread. */
  void timeout(long nanos) {
    timeoutNanos = nanos;
    if (waiting) {
      arm();
    }
  }

  private void arm() {
    deadline = timeoutNanos == 0 ? NEVER : System.nanoTime() + timeoutNanos;
  }

  private Pipe.@Nullable Piece take() throws IOException {
    if (pipe.ready()) {
      return pipe.take();
    }
    waiting = true;
    arm();
    try {
      return pipe.take();
    } finally {
      waiting = false;
      deadline = NEVER;
    }
  }
}
