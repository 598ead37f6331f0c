package dev.leantea.loop;

import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One wait of a carried thread for a socket, performed by the loop. One object serves all waits of
 * one direction of a socket, one after the other.
 *
 * <pre>
 *  IDLE ── await ──▶ QUEUED ── run ──▶ BEGUN ── complete ──▶ IDLE, the thread goes on
 *                      └── withdraw ──▶ WITHDRAWN: the object is not used again
 * </pre>
 *
 * <p>The thread that waits leaves only when the loop has completed the operation, so the array that
 * is received into is not in use by anybody else until then.
 */
public final class SocketOperation implements Runnable {
  /** What the loop is asked to do. */
  public enum Kind {
    /** To receive bytes, or to wait until that can be done: as the engine likes. */
    RECEIVE,
    /** To wait until the socket can be written to, or is connected. */
    WRITABLE
  }

  /** How it ended. */
  public enum Outcome {
    /** The socket may be ready: the caller is to try. */
    READY,
    /** {@link #result} is the number of bytes; 0 at the end of the input. */
    RECEIVED,
    /** {@link #result} is the system's error number. */
    FAILED,
    /** The deadline has passed. */
    TIMED_OUT,
    /** {@link SocketLoop#cancel}: the waiting thread was interrupted. */
    CANCELLED,
    /** The loop has ended, or cannot run while the caller waits. */
    LOOP_ENDED
  }

  /** No deadline. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final long START = System.nanoTime();
  private static final byte[] NONE = new byte[0];

  private static final int IDLE = 0;
  private static final int QUEUED = 1;
  private static final int BEGUN = 2;
  private static final int WITHDRAWN = 3;

  private final SocketChannel channel;
  private final int descriptor;
  private final AtomicInteger state = new AtomicInteger(IDLE);
  private @Nullable SocketLoop loop;
  private @Nullable Thread waiter;
  private Kind kind = Kind.RECEIVE;
  private byte[] target = NONE;
  private int offset;
  private int length;
  private long deadline = NEVER;
  private long count;
  private Outcome outcome = Outcome.READY;
  private int result;

  /** Why it is being ended; {@link Outcome#READY} while it is not. The loop's thread. */
  private Outcome ending = Outcome.READY;

  SocketOperation(SocketChannel channel, int descriptor) {
    this.channel = channel;
    this.descriptor = descriptor;
  }

  /** Nanoseconds on the clock of the deadlines. */
  public static long now() {
    return System.nanoTime() - START;
  }

  // ---- for the engine: the loop's thread

  public SocketChannel channel() {
    return channel;
  }

  public int descriptor() {
    return descriptor;
  }

  public Kind kind() {
    return kind;
  }

  /** Where bytes are to go: between {@link #offset} and {@link #length} bytes further. */
  public byte[] target() {
    return target;
  }

  public int offset() {
    return offset;
  }

  /** Maximum bytes to receive. */
  public int length() {
    return length;
  }

  /** On the clock of {@link #now}; {@link #NEVER} for none. */
  public long deadline() {
    return deadline;
  }

  /** Remembers why the engine is about to end it. */
  public void endAs(Outcome why) {
    ending = why;
  }

  /** Whether the engine is about to end it. */
  public boolean isEnding() {
    return ending != Outcome.READY;
  }

  /** Why it was ended before its time. */
  public Outcome ending() {
    return ending;
  }

  /** Lets the thread go on that waits. Once for each time that the operation was begun. */
  public void complete(Outcome how, int number) {
    outcome = how;
    result = number;
    Thread known = waiter;
    state.set(IDLE);
    LockSupport.unpark(known);
  }

  /** The task that begins it. */
  @Override
  public void run() {
    SocketLoop known = loop;
    if (known != null && state.compareAndSet(QUEUED, BEGUN)) {
      known.begin(this);
    }
  }

  // ---- for the socket: the thread that waits

  /** Waits for bytes, at most so many. */
  Outcome receive(SocketLoop by, byte[] into, int from, int count, long until) {
    target = into;
    offset = from;
    length = count;
    try {
      return await(by, Kind.RECEIVE, until);
    } finally {
      target = NONE;
    }
  }

  /** Waits until the socket can be written to, or is connected. */
  Outcome writable(SocketLoop by, long until) {
    return await(by, Kind.WRITABLE, until);
  }

  private Outcome await(SocketLoop by, Kind what, long until) {
    loop = by;
    kind = what;
    deadline = until;
    ending = Outcome.READY;
    waiter = Thread.currentThread();
    state.set(QUEUED);
    long number = ++count;
    CarriedSockets.waitsFor(this);
    by.execute(this);
    boolean interrupted = false;
    while (isPending()) {
      LockSupport.park(this);
      if (Thread.interrupted()) { // with the status set, park would return at once
        interrupted = true;
        by.execute(() -> cancel(by, number));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return state.get() == WITHDRAWN ? Outcome.LOOP_ENDED : outcome;
  }

  /** The task that cancels one wait, and no later one. */
  private void cancel(SocketLoop by, long number) {
    if (state.get() == BEGUN && count == number) {
      by.cancel(this);
    }
  }

  private boolean isPending() {
    int current = state.get();
    return current == QUEUED || current == BEGUN;
  }

  /** The number that belongs to the outcome. */
  int result() {
    return result;
  }

  /** Whether the object is of no use any more: its task is still in the loop's queue. */
  boolean isWithdrawn() {
    return state.get() == WITHDRAWN;
  }

  // ---- the sampler

  /**
   * Takes it back if the loop has not begun it: the loop's platform thread is held, perhaps by the
   * very thread that waits for this. It goes on as if the loop had ended. Any thread.
   */
  void withdraw() {
    if (state.compareAndSet(QUEUED, WITHDRAWN)) {
      LockSupport.unpark(waiter);
    }
  }
}
