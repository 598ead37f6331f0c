package dev.leantea.http2;

import dev.leantea.http.TlsSession;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * The output of a connection on the blocking backend: a queue, and a virtual thread that writes it
 * to the socket without the {@link SharedOwner}'s lock. So a client that reads slowly holds nobody
 * who has frames to process or to queue. The thread also checks the listener's deadlines.
 *
 * <pre>
 *  reserve, send, sendWhole, sendFile ─▶ queue ── flush ─▶ writer ─▶ socket
 *                                                            └─ sent, tick ─▶ WireListener
 * </pre>
 */
final class SharedWire implements Wire {
  private static final int MIN_BUFFER_BYTES = 1024;

  /** Maximum size of an array that is copied to what is queued before it. */
  private static final int MAX_COPIED_BYTES = 4 * 1024;

  /** A deadline that has passed is looked at again after this time. */
  private static final long MIN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final byte[] NONE = {};

  /** A part of the queue. */
  private sealed interface Part {
    int size();

    /** Written by the writer, without the lock. */
    void write(Wire wire);

    /** Will not be written. */
    default void discard() {}
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Bytes(byte[] array, int from, int size) implements Part {
    @Override
    public void write(Wire wire) {
      wire.send(array, from, from + size);
    }
  }

  private record Slice(FileSlice slice) implements Part {
    @Override
    public int size() {
      return slice.count();
    }

    @Override
    public void write(Wire wire) {
      wire.sendFile(slice);
    }

    @Override
    public void discard() {
      slice.close();
    }
  }

  private final Wire target;
  private final SharedOwner owner;
  private final Condition changed;
  private final ArrayDeque<Part> queue = new ArrayDeque<>();
  private byte[] buffer = NONE;
  private int buffered;
  private long unsent;
  private boolean flushed;
  private boolean paused;
  private boolean ending;
  private boolean closed;

  /** Whether the writer waits, and until when. */
  private boolean waiting;

  private long wakeAt;

  @SuppressWarnings("NullAway.Init") // start names it, before anything is received
  private WireListener listener;

  SharedWire(Wire target, SharedOwner owner) {
    this.target = target;
    this.owner = owner;
    this.changed = owner.newCondition();
  }

  /**
   * Starts the writer.
   *
   * @param whenClosed runs once, when the writer ends
   */
  void start(WireListener receiver, Runnable whenClosed) {
    listener = receiver;
    Thread.ofVirtual().name("leantea-http2-writer").start(() -> run(whenClosed));
  }

  // ---- the writer

  private void run(Runnable whenClosed) {
    owner.enter();
    try {
      while (!closed) {
        step();
        tickIfDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!closed) {
        closed = true;
        target.abort();
      }
      discard();
      owner.exit();
      whenClosed.run();
    }
  }

  private void step() throws InterruptedException {
    if (flushed) {
      writeAll();
    } else {
      awaitChange();
    }
  }

  /** Waits for something to write, or for a deadline. */
  @SuppressWarnings("WaitNotInLoop") // the caller is a loop
  private void awaitChange() throws InterruptedException {
    wakeAt = listener.deadline();
    long nanos =
        wakeAt == WireListener.NEVER
            ? Long.MAX_VALUE
            : Math.max(wakeAt - owner.nanoTime(), MIN_WAIT_NANOS);
    waiting = true;
    var _ = changed.awaitNanos(nanos);
    waiting = false;
  }

  /** Also on a connection that always has something to write. */
  private void tickIfDue() {
    if (!closed && owner.nanoTime() >= listener.deadline()) {
      listener.tick();
      owner.runTasks();
    }
  }

  /** Writes what is queued, without the lock. */
  private void writeAll() {
    flushed = false;
    close(buffered);
    List<Part> parts = new ArrayList<>(queue);
    queue.clear();
    boolean last = ending;
    owner.exit();
    try {
      parts.forEach(part -> part.write(target));
      target.flush();
      if (last) {
        target.shutdownOutput();
      }
    } finally {
      owner.enter();
    }
    parts.forEach(part -> unsent -= part.size());
    if (!closed) {
      listener.sent();
      owner.runTasks();
    }
  }

  /** Nothing is written any more. Lock held. */
  void broken() {
    closed = true;
    changed.signalAll();
  }

  /** Waits while receiving is paused. Lock held. */
  void awaitReceiving() {
    while (paused && !closed) {
      changed.awaitUninterruptibly();
    }
  }

  /** Waits for the end of the connection: there is nothing more to receive. Lock held. */
  void awaitClosed() {
    while (!closed) {
      changed.awaitUninterruptibly();
    }
  }

  private void discard() {
    queue.forEach(Part::discard);
    queue.clear();
    buffer = NONE;
    buffered = 0;
    unsent = 0;
  }

  // ---- Wire; lock held

  @Override
  public byte[] reserve(int bytes) {
    if (buffer.length - buffered < bytes) {
      close(buffered);
      buffer = new byte[Math.max(MIN_BUFFER_BYTES, bytes)];
    }
    return buffer;
  }

  /** Adds what was written to the array, up to an index, to the queue as a part of its own. */
  private void close(int end) {
    if (end > 0) {
      queue.add(new Bytes(buffer, 0, end));
      buffer = NONE;
      buffered = 0;
    }
  }

  @Override
  public int position() {
    return buffered;
  }

  @Override
  public void commit(int end) {
    unsent += end - buffered;
    buffered = end;
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    byte[] room = reserve(to - from);
    System.arraycopy(bytes, from, room, buffered, to - from);
    commit(buffered + to - from);
  }

  @Override
  public void sendWhole(byte[] bytes) {
    if (bytes.length <= MAX_COPIED_BYTES) {
      send(bytes, 0, bytes.length);
    } else {
      add(new Bytes(bytes, 0, bytes.length));
    }
  }

  @Override
  public void sendFile(FileSlice slice) {
    add(new Slice(slice));
  }

  private void add(Part part) {
    close(buffered);
    queue.add(part);
    unsent += part.size();
  }

  @Override
  public void flush() {
    if (!queue.isEmpty() || buffered > 0) {
      flushed = true;
    }
    if (flushed || (waiting && listener.deadline() < wakeAt)) {
      changed.signalAll();
    }
  }

  @Override
  public long unsent() {
    return unsent;
  }

  @Override
  public void receiving(boolean on) {
    paused = !on;
    changed.signalAll();
  }

  @Override
  public void shutdownOutput() {
    ending = true;
    flushed = true;
    changed.signalAll();
  }

  @Override
  public void close() {
    broken();
    target.close();
  }

  @Override
  public void abort() {
    target.abort();
  }

  @Override
  public SocketAddress remoteAddress() {
    return target.remoteAddress();
  }

  @Override
  public Optional<TlsSession> tls() {
    return target.tls();
  }
}
