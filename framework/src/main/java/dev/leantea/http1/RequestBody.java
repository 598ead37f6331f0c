package dev.leantea.http1;

import dev.leantea.http.HttpException;
import dev.leantea.http1.ProtocolException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body between the connection's owner, who offers octets, and the handler, who takes
 * them.
 *
 * <pre>
 *  owner ── offer ──▶ pieces, at most {@code capacity} octets ── take ──▶ handler
 *            end, fail                                     └─ Source.more: there is room again
 * </pre>
 *
 * <p>Guarded by one lock: the two may be on different threads. Where a virtual thread is carried by
 * the connection's own loop the lock is never contended.
 */
final class RequestBody {
  /** What a streamed body may hold here while the handler is slow. */
  static final int STREAM_OCTETS = 64 * 1024;

  /** Octets in the order they came in; the last piece takes more while its array has room. */
  private static final class Piece {
    final byte[] bytes;
    int size;

    Piece(int capacity) {
      bytes = new byte[capacity];
    }

    boolean hasRoomFor(int octets) {
      return bytes.length - size >= octets;
    }

    void add(byte[] source, int from, int octets) {
      System.arraycopy(source, from, bytes, size, octets);
      size += octets;
    }
  }

  /** What the handler's side asks of the connection. */
  interface Source {
    /** The handler reads for the first time: answer {@code Expect: 100-continue}. Any thread. */
    void firstRead();

    /** There is room again for what the connection holds back. Any thread. */
    void more();

    /**
     * Reads from the socket on this thread, where the backend works so.
     *
     * @return false where another thread reads and the caller is to wait
     */
    boolean pull() throws IOException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>(4);
  private final Source source;
  private final long declaredLength;
  private final int memoryLimit;
  private int capacity = STREAM_OCTETS;
  private int buffered;
  private long total;
  private boolean ended;
  private boolean consumed;
  private boolean discarding;
  private boolean starved;
  private boolean read;
  private boolean streamed;
  private byte @Nullable [] whole;
  private @Nullable IOException failure;

  /**
   * @param declaredLength the Content-Length, or -1 for chunks
   * @param memoryLimit the most that {@link #bytes} holds
   */
  RequestBody(Source source, long declaredLength, int memoryLimit) {
    this.source = source;
    this.declaredLength = declaredLength;
    this.memoryLimit = memoryLimit;
  }

  // ---- the owner's side

  /** How many octets may be offered now. */
  int room() {
    lock.lock();
    try {
      return noteRoom();
    } finally {
      lock.unlock();
    }
  }

  /** With none, the owner is told when there is some again. */
  private int noteRoom() {
    int room = discarding ? Integer.MAX_VALUE : Math.max(0, capacity - buffered);
    starved = room == 0;
    return room;
  }

  /**
   * Adds a copy of the octets, as many as there is room for.
   *
   * @param coming octets of the body that were received, these among them: one array takes them all
   * @return how many were taken
   */
  int offer(byte[] bytes, int from, int to, int coming) {
    lock.lock();
    try {
      int room = noteRoom();
      int octets = Math.min(to - from, room);
      total += octets;
      if (octets > 0 && !discarding) {
        pieceFor(octets, Math.min(coming, room)).add(bytes, from, octets);
        buffered += octets;
        starved = buffered >= capacity;
        arrived.signal();
      }
      return octets;
    } finally {
      lock.unlock();
    }
  }

  private Piece pieceFor(int octets, int coming) {
    Piece last = pieces.peekLast();
    if (last == null || !last.hasRoomFor(octets)) {
      last = new Piece(Math.max(octets, coming));
      pieces.addLast(last);
    }
    return last;
  }

  /** All of it was offered. */
  void end() {
    lock.lock();
    try {
      ended = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** No more will come: the handler's reads throw this. */
  void fail(IOException cause) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the rest go by: the handler has answered and reads no more. */
  void discard() {
    lock.lock();
    try {
      discarding = true;
      pieces.clear();
      buffered = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Lets a whole body gather before a handler is called that must not wait for it. */
  void collect() {
    lock.lock();
    try {
      capacity = memoryLimit + 1;
    } finally {
      lock.unlock();
    }
  }

  boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  boolean isTooLarge() {
    lock.lock();
    try {
      return declaredLength > memoryLimit || total > memoryLimit;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the handler has read to the end. */
  boolean isConsumed() {
    lock.lock();
    try {
      return consumed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether more octets than these are known to belong to the body. */
  boolean exceeds(long octets) {
    lock.lock();
    try {
      return declaredLength > octets || total > octets;
    } finally {
      lock.unlock();
    }
  }

  // ---- the handler's side

  /** The whole body; waits for it. */
  byte[] bytes() throws IOException {
    lock.lock();
    try {
      if (whole == null) {
        requireUnstreamed();
        whole = gather();
      }
      return whole;
    } finally {
      lock.unlock();
    }
  }

  private byte[] gather() throws IOException {
    if (declaredLength > memoryLimit) {
      throw tooLarge();
    }
    capacity = memoryLimit + 1;
    beginRead();
    while (!ended) {
      if (total > memoryLimit) {
        throw tooLarge();
      }
      awaitMore();
    }
    if (total > memoryLimit) {
      throw tooLarge();
    }
    consumed = true;
    return join();
  }

  private byte[] join() {
    Piece first = pieces.peekFirst();
    if (first != null && first.size == buffered && first.bytes.length == buffered) {
      pieces.clear();
      return first.bytes;
    }
    byte[] joined = new byte[buffered];
    int at = 0;
    for (Piece piece : pieces) {
      System.arraycopy(piece.bytes, 0, joined, at, piece.size);
      at += piece.size;
    }
    pieces.clear();
    return joined;
  }

  /** The answer to a body beyond the limit. */
  HttpException tooLarge() {
    return new HttpException(
        Reason.BODY_TOO_LARGE.status(),
        Reason.BODY_TOO_LARGE.message() + ": at most " + memoryLimit + " bytes");
  }

  /** The body as it arrives. */
  InputStream stream() {
    lock.lock();
    try {
      requireUnstreamed();
      streamed = true;
      return new Stream();
    } finally {
      lock.unlock();
    }
  }

  private void requireUnstreamed() {
    if (streamed) {
      throw new IllegalStateException("body: expected one reader, but stream() was called before");
    }
  }

  /** The next piece, null at the end; waits for it. */
  private @Nullable Piece take() throws IOException {
    lock.lock();
    try {
      beginRead();
      while (pieces.isEmpty()) {
        if (ended) {
          consumed = true;
          return null;
        }
        awaitMore();
      }
      Piece piece = pieces.removeFirst();
      buffered -= piece.size;
      resumeOwner();
      return piece;
    } finally {
      lock.unlock();
    }
  }

  private void beginRead() {
    if (!read) {
      read = true;
      source.firstRead();
      resumeOwner();
    }
  }

  private void resumeOwner() {
    if (starved && buffered < capacity) {
      starved = false;
      source.more();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // both callers are loops
  private void awaitMore() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (source.pull()) {
      return;
    }
    try {
      arrived.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while waiting for the body");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private final class Stream extends InputStream {
    private Piece piece = new Piece(0);
    private int at;

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
      while (at == piece.size) {
        Piece next = take();
        if (next == null) {
          return -1;
        }
        piece = next;
        at = 0;
      }
      int octets = Math.min(length, piece.size - at);
      System.arraycopy(piece.bytes, at, target, offset, octets);
      at += octets;
      return octets;
    }

    @Override
    public int available() {
      return piece.size - at;
    }
  }
}
