package dev.leantea.http1;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the client sends after the connection left HTTP, between the connection's owner, who offers
 * octets, and the one thread that reads.
 *
 * <pre>
 *  owner ── offer ──▶ chunks: full at {@value #MOST_OCTETS} octets ── read ──▶ handler
 *           end, fail, expire, drain                            └─ Source.more: room again
 * </pre>
 *
 * <p>Guarded by one lock, which is not held while the reader waits, nor while it reads from the
 * socket itself.
 */
final class UpgradedInput extends InputStream {
  /** Beyond it the client is held back. */
  static final int MOST_OCTETS = 64 * 1024;

  /** The value of a deadline that is not set. */
  static final long NEVER = Long.MAX_VALUE;

  private final RequestBody.Source source;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>(4);
  private int buffered;
  private boolean full;
  private boolean ended;
  private boolean expired;
  private boolean drained;
  private @Nullable IOException failure;

  /** Zero for none. */
  private volatile long timeoutNanos;

  /** When a read under way is overdue, in {@link System#nanoTime}. */
  private volatile long deadline = NEVER;

  private volatile boolean waiting;

  // Of the reading thread alone: the chunk that it has begun.
  private byte[] chunk = new byte[0];
  private int at;

  UpgradedInput(RequestBody.Source source) {
    this.source = source;
  }

  // ---- the owner's side

  /**
   * Adds a copy of the octets.
   *
   * @return whether there is room for more
   */
  boolean offer(byte[] bytes, int from, int to) {
    lock.lock();
    try {
      if (from < to) {
        chunks.addLast(Arrays.copyOfRange(bytes, from, to));
        buffered += to - from;
        changed.signal();
      }
      full = buffered >= MOST_OCTETS;
      return !full;
    } finally {
      lock.unlock();
    }
  }

  /** The client sends no more. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The connection is gone: reads throw this, even before what had come. */
  void fail(IOException cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The deadline has passed: the read under way ends. */
  void expire() {
    lock.lock();
    try {
      deadline = NEVER;
      expired = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The server begins to close down: the read under way, or the next one, ends. */
  void drain() {
    lock.lock();
    try {
      if (!drained) {
        drained = true;
        expired = true;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** When the read under way is overdue; {@link #NEVER} when none is. Any thread. */
  long deadline() {
    return deadline;
  }

  // ---- the reader's side

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

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (at == chunk.length) {
      byte[] next = take();
      if (next == null) {
        return -1;
      }
      chunk = next;
      at = 0;
    }
    int octets = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, target, offset, octets);
    at += octets;
    return octets;
  }

  @Override
  public int available() {
    return chunk.length - at;
  }

  /** The next chunk, null at the end; waits for it. */
  private byte @Nullable [] take() throws IOException {
    if (!isReady()) {
      waiting = true;
      arm();
      try {
        awaitReady();
      } finally {
        waiting = false;
        deadline = NEVER;
      }
    }
    return takeReady();
  }

  private boolean isReady() {
    lock.lock();
    try {
      return !chunks.isEmpty() || ended || expired || failure != null;
    } finally {
      lock.unlock();
    }
  }

  private void awaitReady() throws IOException {
    while (!isReady()) {
      if (!source.pull()) {
        await();
      }
    }
  }

  private void await() throws IOException {
    lock.lock();
    try {
      while (!isReady()) {
        changed.await();
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

  private byte @Nullable [] takeReady() throws IOException {
    boolean more;
    byte[] taken;
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
      if (chunks.isEmpty()) {
        return endOrTimeout();
      }
      taken = chunks.removeFirst();
      buffered -= taken.length;
      more = full && buffered < MOST_OCTETS / 2;
      full &= !more;
    } finally {
      lock.unlock();
    }
    if (more) {
      source.more();
    }
    return taken;
  }

  private byte @Nullable [] endOrTimeout() throws SocketTimeoutException {
    if (ended) {
      return null;
    }
    expired = false;
    throw new SocketTimeoutException(
        drained ? "the server is closing down" : "nothing came from the client in time");
  }
}
