package dev.leantea.sse;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of events. Any thread sends; each event is whole on the wire.
 *
 * <pre>
 *  OPEN ── handler returns, close() ──▶ CLOSED
 *   │ a write fails: in send, or in a heartbeat
 *   └──▶ FAILED ── the handler's thread is interrupted, if it was a heartbeat ──▶ CLOSED
 * </pre>
 *
 * <p>A virtual thread of the stream's own sends a comment when nothing was sent for the heartbeat's
 * time. So proxies see life, and a client that left is noticed even if there is nothing to send.
 */
public final class Events {
  private static final byte[] HEARTBEAT = {':', '\n', '\n'};

  private final OutputStream out;
  private final long heartbeatNanos;
  private final Thread handler = Thread.currentThread();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long lastSent = System.nanoTime();
  private boolean closed;
  private boolean interrupted;
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
    } finally {
      events.end();
      beat.interrupt();
    }
  }

  /** The head is on the wire at once, for the client shows the stream as open then. */
  private void begin() throws IOException {
    out.write(HEARTBEAT);
    out.flush();
  }

  /**
   * Sends an event: it is on the wire when this returns. Blocks while the client is behind by more
   * than a high-water mark.
   *
   * @throws IOException when the client is gone, or the stream was closed
   */
  public void send(Event event) throws IOException {
    write(event.encode());
  }

  /** Sends text as an event. */
  public void send(String data) throws IOException {
    send(Event.of(data));
  }

  /** Sends events that are encoded already. */
  void write(byte[] encoded) throws IOException {
    lock.lock();
    try {
      requireOpen();
      writeLocked(encoded);
    } finally {
      lock.unlock();
    }
  }

  private void writeLocked(byte[] encoded) throws IOException {
    try {
      out.write(encoded);
      out.flush();
      lastSent = System.nanoTime();
    } catch (IOException e) {
      failure = e;
      changed.signalAll();
      throw e;
    }
  }

  private void requireOpen() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (closed) {
      throw new IOException("events: expected an open stream, it was closed");
    }
  }

  /**
   * Waits until {@link #close} is called, for a handler whose events other threads send.
   *
   * @throws IOException when the client is gone
   */
  public void awaitClose() throws IOException, InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        if (failure != null) {
          throw failure;
        }
        changed.await();
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

  private void end() {
    lock.lock();
    try {
      closed = true;
      if (interrupted) {
        Thread.interrupted(); // ours, and meant for the handler that is over now
      }
    } finally {
      lock.unlock();
    }
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
      if (closed || failure != null) {
        return 0;
      }
      long silent = System.nanoTime() - lastSent;
      if (silent < heartbeatNanos) {
        return heartbeatNanos - silent;
      }
      writeLocked(HEARTBEAT);
      return heartbeatNanos;
    } catch (IOException e) {
      interrupted = true;
      handler.interrupt();
      return 0;
    } finally {
      lock.unlock();
    }
  }
}
