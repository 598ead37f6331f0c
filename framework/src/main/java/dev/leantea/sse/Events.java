package dev.leantea.sse;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.DrainSignal;
import dev.leantea.http.Failures;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of events. Any thread sends; each event is whole on the wire.
 *
 * <pre>
 *  OPEN ── handler returns, close() ───────────────────────────────────▶ CLOSED: a proper end
 *   │ the server drains: the handler's thread is interrupted
 *   ├──────────────────▶ DRAINING ── handler ends, also by exception ──▶ CLOSED: a proper end
 *   │ a write fails, of an event or of a heartbeat
 *   └──────────────────▶ FAILED ── after a heartbeat the handler's thread is interrupted ──▶ aborted
 * </pre>
 *
 * <p>A virtual thread of the stream's own sends a comment when nothing was sent for the heartbeat's
 * time. So proxies keep the connection, and a client that left is noticed even if there is nothing
 * to send.
 */
public final class Events {
  private static final byte[] HEARTBEAT = {':', '\n', '\n'};

  private final OutputStream out;
  private final long heartbeatNanos;
  private final Sender handler = new Sender();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long lastSent = System.nanoTime();
  private boolean closed;
  private @Nullable IOException failure;

  private Events(OutputStream out, Duration heartbeat) {
    this.out = out;
    this.heartbeatNanos = heartbeat.toNanos();
  }

  /** Runs a handler over a body, on this thread. */
  static void run(OutputStream out, Duration heartbeat, EventHandler handler)
      throws IOException, InterruptedException {
    var events = new Events(out, heartbeat);
    events.begin();
    Thread beat = Thread.ofVirtual().name("leantea-sse-heartbeat").start(events::beat);
    try {
      handler.handle(events);
    } catch (IOException | InterruptedException e) {
      if (!events.endsProperly()) {
        throw e;
      }
    } catch (RuntimeException e) {
      events.ended(e);
    } finally {
      events.end();
      beat.interrupt();
    }
  }

  /** The head is sent at once, for the client shows the stream as open then. */
  private void begin() throws IOException {
    handler.begin();
    out.write(HEARTBEAT);
    out.flush();
    if (out instanceof DrainSignal signal) {
      signal.onDrain(handler::drain);
    }
  }

  /**
   * Sends an event: it was handed to the operating system, or queued behind at most 64 KiB, when
   * this returns. Blocks while the client is slower.
   *
   * @throws IOException when the client is gone, the stream was closed, or the server drains
   */
  public void send(Event event) throws IOException {
    write(event.encode(), () -> null);
  }

  /** Sends text as an event. */
  public void send(String data) throws IOException {
    send(Event.of(data));
  }

  /**
   * Sends an encoded event, and those that wait after it, with one flush.
   *
   * @param more gives the next one, or null when none waits
   */
  void write(byte[] first, Supplier<byte @Nullable []> more) throws IOException {
    IOException refusal;
    lock.lock();
    try {
      refusal = refusal();
      if (refusal == null) {
        writeLocked(first, more);
      }
    } finally {
      lock.unlock();
    }
    if (refusal != null) {
      throw afterYield(refusal);
    }
  }

  private void writeLocked(byte[] first, Supplier<byte @Nullable []> more) throws IOException {
    if (!handler.beginWrite()) {
      throw drained();
    }
    try {
      out.write(first);
      for (byte[] next; !handler.isDraining() && (next = more.get()) != null; ) {
        out.write(next);
      }
      out.flush();
      lastSent = System.nanoTime();
    } catch (IOException e) {
      failure = e;
      changed.signalAll();
      throw e;
    } finally {
      handler.endWrite();
    }
  }

  /** Why nothing is sent any more; a new exception for each call. */
  private @Nullable IOException refusal() {
    if (failure != null) {
      return gone(failure);
    }
    if (handler.isDraining()) {
      return drained();
    }
    return closed ? new IOException("events: expected an open stream, it was closed") : null;
  }

  private static IOException gone(IOException failure) {
    var gone = new ClientGoneException("events: the client is gone: " + failure.getMessage());
    gone.initCause(failure);
    return gone;
  }

  private static IOException drained() {
    return new IOException("events: the server is closing down");
  }

  /**
   * A handler that ignores the exception and goes on must cost its event loop no more than one that
   * blocks. No lock is held.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the yield is the point
  private static IOException afterYield(IOException refusal) {
    Thread.yield();
    return refusal;
  }

  /**
   * Waits until {@link #close} is called, for a handler whose events other threads send.
   *
   * @throws IOException when the client is gone
   * @throws InterruptedException when the thread is interrupted, as it is when the server drains
   */
  public void awaitClose() throws IOException, InterruptedException {
    lock.lock();
    try {
      while (!closed && failure == null) {
        changed.await();
      }
      if (failure != null) {
        throw gone(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream: no more is sent, and {@link #awaitClose} returns. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the handler's exception comes of a drain, and all that was sent is whole. */
  private boolean endsProperly() {
    lock.lock();
    try {
      return handler.isDraining() && failure == null;
    } finally {
      lock.unlock();
    }
  }

  /** A handler has wrapped what it met: that counts as what it wraps, if the stream has ended. */
  private void ended(RuntimeException e) throws IOException {
    lock.lock();
    try {
      if (!isOfStream(e) || (failure == null && !handler.isDraining())) {
        throw e;
      }
      if (failure != null) {
        throw gone(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean isOfStream(RuntimeException e) {
    return Failures.cause(e, IOException.class).isPresent()
        || Failures.cause(e, InterruptedException.class).isPresent();
  }

  private void end() {
    close();
    handler.end();
  }

  // ---- the heartbeat's thread

  private void beat() {
    try {
      for (long wait = heartbeatNanos; wait > 0; wait = beatIfDue()) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the handler has returned
    }
  }

  /** Returns how long to wait for the next look; 0 when there is none. */
  private long beatIfDue() {
    if (!lock.tryLock()) {
      return heartbeatNanos; // an event is being sent
    }
    try {
      if (refusal() != null) {
        return 0;
      }
      long silent = System.nanoTime() - lastSent;
      if (silent < heartbeatNanos) {
        return heartbeatNanos - silent;
      }
      writeLocked(HEARTBEAT, () -> null);
      return heartbeatNanos;
    } catch (IOException e) {
      handler.interrupt();
      return 0;
    } finally {
      lock.unlock();
    }
  }
}
