package dev.leantea.exchange;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from the connection's owner thread to one reader, bounded by a capacity.
 *
 * <pre>
 *  owner ── offer ──▶ pieces, at most capacity bytes ── take ──▶ reader
 *           end, fail, expire                        └─ Source.demand: there is room again
 * </pre>
 *
 * <ol>
 *   <li>OPEN: the owner offers, the reader takes piece by piece, or {@link #gather}s all.
 *   <li>DISCARDING: the reader wants no more; what is offered is dropped.
 *   <li>ENDED or FAILED: what was offered before an end can still be taken.
 * </ol>
 */
public final class Pipe {
  /** What a pipe may hold while its reader is slow. */
  public static final int CAPACITY = 64 * 1024;

  /** The reader's way to the connection. */
  public interface Source {
    /** There is room again for what the connection holds back. Any thread. */
    void demand();

    /** Whether the reader reads the socket itself, by {@link #pull}. Any thread. */
    boolean pulls();

    /** Reads the socket once, which may offer bytes, and returns then. The reader's thread. */
    void pull() throws IOException;
  }

  /** Bytes in the order in which they came; the last piece takes more while its array has room. */
  static final class Piece {
    final byte[] bytes;
    int size;

    Piece(int capacity) {
      bytes = new byte[capacity];
    }

    private void add(byte[] source, int from, int count) {
      System.arraycopy(source, from, bytes, size, count);
      size += count;
    }
  }

  private final Monitor monitor = new Monitor();
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>(4);
  private final Source source;
  private @Nullable Gathering gathering;
  private int buffered;
  private long total;
  private boolean starved;
  private boolean discarding;
  private boolean ended;
  private @Nullable String expired;
  private @Nullable Failure failure;

  Pipe(Source source) {
    this.source = source;
  }

  // ---- the owner's side

  /**
   * How many bytes may be offered now. With none, the owner is asked for more when there is room.
   */
  int room() {
    monitor.lock();
    try {
      return roomNow();
    } finally {
      monitor.unlock();
    }
  }

  private int roomNow() {
    int room =
        discarding || gathering != null ? Integer.MAX_VALUE : Math.max(0, CAPACITY - buffered);
    starved = room == 0;
    return room;
  }

  /**
   * How many bytes may be offered now, for an owner that grants the room to its peer in large
   * steps. With less than half of the capacity, the owner is asked for more when half is free.
   */
  int roomOrDemand() {
    monitor.lock();
    try {
      int room = roomNow();
      starved = room < CAPACITY / 2;
      return room;
    } finally {
      monitor.unlock();
    }
  }

  /**
   * Adds a copy of the bytes, as many as there is room for.
   *
   * @param coming bytes of the body that were received, these among them: one array takes them all
   * @return how many were taken
   */
  int offer(byte[] bytes, int from, int to, int coming) {
    monitor.lock();
    try {
      int room = roomNow();
      int count = Math.min(to - from, room);
      add(bytes, from, count, Math.min(coming, room));
      return count;
    } finally {
      monitor.unlock();
    }
  }

  /**
   * Adds a copy of the bytes, whatever the capacity.
   *
   * @return whether there is room for more
   */
  boolean offerAll(byte[] bytes, int from, int to) {
    monitor.lock();
    try {
      add(bytes, from, to - from, to - from);
      return roomNow() > 0;
    } finally {
      monitor.unlock();
    }
  }

  private void add(byte[] bytes, int from, int count, int coming) {
    total += count;
    if (count == 0 || discarding) {
      return;
    }
    Gathering all = gathering;
    if (all != null) {
      if (!all.add(bytes, from, count)) {
        monitor.signal(); // there will be no more than this: its reader learns why
      }
      return;
    }
    pieceFor(count, coming).add(bytes, from, count);
    buffered += count;
    starved = buffered >= CAPACITY;
    monitor.signal();
  }

  private Piece pieceFor(int count, int coming) {
    Piece last = pieces.peekLast();
    if (last == null || last.bytes.length - last.size < count) {
      last = new Piece(Math.max(count, coming));
      pieces.addLast(last);
    }
    return last;
  }

  /** All was offered. */
  void end() {
    monitor.lock();
    try {
      ended = true;
      monitor.signal();
    } finally {
      monitor.unlock();
    }
  }

  /** No more will come: reads throw this behind what was offered. Ignored after the end. */
  void fail(Failure cause) {
    monitor.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
        monitor.signal();
      }
    } finally {
      monitor.unlock();
    }
  }

  /** The read under way, or the next one, ends with a timeout, once. */
  void expire(String message) {
    monitor.lock();
    try {
      expired = message;
      monitor.signal();
    } finally {
      monitor.unlock();
    }
  }

  /** Drops what is here and what comes: there is no reader any more. Any thread. */
  void discard() {
    monitor.lock();
    try {
      discarding = true;
      gathering = null;
      pieces.clear();
      buffered = 0;
    } finally {
      monitor.unlock();
    }
  }

  /** Has all bytes gathered, those that are here among them. Any thread. */
  void gather(Gathering target) {
    monitor.lock();
    try {
      for (Piece piece : pieces) {
        target.add(piece.bytes, 0, piece.size);
      }
      pieces.clear();
      buffered = 0;
      gathering = target;
      demandIfStarved();
    } finally {
      monitor.unlock();
    }
  }

  /** Whether all was offered. */
  boolean hasEnded() {
    monitor.lock();
    try {
      return ended;
    } finally {
      monitor.unlock();
    }
  }

  /** Bytes offered so far. */
  long total() {
    monitor.lock();
    try {
      return total;
    } finally {
      monitor.unlock();
    }
  }

  // ---- the reader's side

  /**
   * The next piece, null at the end; waits for it.
   *
   * @throws SocketTimeoutException when the read expired
   */
  @Nullable Piece take() throws IOException {
    Failure failed;
    monitor.lock();
    try {
      while (!isReady()) {
        awaitMore();
      }
      failed = pieces.isEmpty() ? failure : null;
      if (failed == null) {
        return next();
      }
    } finally {
      monitor.unlock();
    }
    throw failed.afterYield();
  }

  /** Whether a {@link #take} would return at once. */
  boolean ready() {
    monitor.lock();
    try {
      return isReady();
    } finally {
      monitor.unlock();
    }
  }

  private boolean isReady() {
    return !pieces.isEmpty() || ended || expired != null || failure != null;
  }

  private @Nullable Piece next() throws SocketTimeoutException {
    if (!pieces.isEmpty()) {
      Piece piece = pieces.removeFirst();
      buffered -= piece.size;
      demandIfStarved();
      return piece;
    }
    String message = expired;
    if (ended || message == null) {
      return null;
    }
    expired = null;
    throw new SocketTimeoutException(message);
  }

  /** Waits until all bytes are gathered, or there are more than the gathering accepts. */
  void awaitGathered(Gathering target) throws IOException {
    Failure failed;
    monitor.lock();
    try {
      while (!ended && failure == null && target.accepts()) {
        awaitMore();
      }
      failed = target.accepts() && !ended ? failure : null;
    } finally {
      monitor.unlock();
    }
    if (failed != null) {
      throw failed.afterYield();
    }
  }

  /** The lock is not held while the reader reads the socket: other threads write meanwhile. */
  private void awaitMore() throws IOException {
    if (!source.pulls()) {
      monitor.await("the client");
      return;
    }
    monitor.unlock();
    try {
      source.pull();
    } finally {
      monitor.lock();
    }
  }

  private void demandIfStarved() {
    if (starved && buffered <= CAPACITY / 2) {
      starved = false;
      source.demand();
    }
  }
}
