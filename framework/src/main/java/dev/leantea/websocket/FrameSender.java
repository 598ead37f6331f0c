package dev.leantea.websocket;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.UpgradedConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a WebSocket's frames: each is whole on the wire, and none follows a Close (RFC 6455
 * §5.5.1). Any thread.
 *
 * <pre>
 *  OPEN ── close: no frame is begun any more ──▶ CLOSING ── the frame under way ends ──▶ CLOSED
 * </pre>
 *
 * <p>Senders take turns by a lock, which one that waits for a slow client keeps. Who must not wait
 * for it, to close or to answer a ping, leaves its frame; whoever releases the lock sends it.
 */
final class FrameSender {
  /** A shorter message gains nothing by compression. */
  private static final int MIN_DEFLATED_BYTES = 64;

  private final UpgradedConnection connection;
  private final OutputStream out;
  private final @Nullable DeflateParameters deflate;
  private final ReentrantLock sending = new ReentrantLock();

  /** Why it closes, with the Close frame; empty for none. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Closing(CloseReason why, byte[] frame) {}

  /** Set when the WebSocket closes: no frame is begun any more. */
  private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();

  /** The last Ping or Pong that waits for the lock. */
  private final AtomicReference<byte @Nullable []> controlFrame = new AtomicReference<>();

  private volatile boolean closeSent;
  private volatile boolean freeing;

  /** Used by who holds the lock. */
  private volatile @Nullable Deflation deflation;

  FrameSender(UpgradedConnection connection, @Nullable DeflateParameters deflate) {
    this.connection = connection;
    this.out = connection.output();
    this.deflate = deflate;
  }

  /** Sends a message. Waits for other senders, and while the client is behind. */
  void data(int opcode, byte[] content) throws IOException {
    send(
        () -> {
          if (deflate != null && content.length >= MIN_DEFLATED_BYTES) {
            write(opcode, true, deflation(deflate).deflate(content));
          } else {
            write(opcode, false, content);
          }
        });
  }

  /**
   * Sends frames that are encoded already, with one flush. Waits as {@link #data}.
   *
   * @param more gives the next one, or null when none waits
   */
  void frames(byte[] first, Supplier<byte @Nullable []> more) throws IOException {
    send(
        () -> {
          out.write(first);
          for (byte[] next; closing.get() == null && (next = more.get()) != null; ) {
            out.write(next);
          }
          out.flush();
        });
  }

  private interface Write {
    void run() throws IOException;
  }

  private void send(Write write) throws IOException {
    requireOpen(); // no sender queues behind a slow frame when the WebSocket closes
    sending.lock();
    try {
      requireOpen();
      whole(write);
    } finally {
      sending.unlock();
      endIfAsked();
    }
    sendControl();
  }

  /** A frame that is not whole would take what follows for its payload: the connection ends. */
  private void whole(Write write) throws IOException {
    try {
      write.run();
    } catch (Throwable e) {
      connection.close();
      throw e;
    }
  }

  private void write(int opcode, boolean compressed, byte[] payload) throws IOException {
    out.write(FrameWriter.header(opcode, compressed, payload.length));
    out.write(payload);
    out.flush();
  }

  private Deflation deflation(DeflateParameters parameters) {
    Deflation current = deflation;
    if (current == null) {
      current = new Deflation(!parameters.serverNoContext(), parameters.serverWindowBits());
      deflation = current;
    }
    return current;
  }

  /** Throws when no frame may be begun any more. */
  @SuppressWarnings("ThreadPriorityCheck") // see the comment
  void requireOpen() throws IOException {
    Closing closed = closing.get();
    if (closed != null) {
      // A sender that ignores the exception and goes on must cost its event loop no more than one
      // that blocks.
      Thread.yield();
      throw new ClientGoneException(
          "websocket: expected it to be open, it was closed with " + closed.why().code());
    }
  }

  /**
   * Sends a Ping or a Pong, unless a Close was sent. Does not wait for a sender: then it goes out
   * behind that one's frame. Of several that wait the last is sent (RFC 6455 §5.5.3).
   */
  void control(int opcode, byte[] payload) throws IOException {
    controlFrame.set(FrameWriter.frame(opcode, payload));
    sendControl();
  }

  private void sendControl() throws IOException {
    while (controlFrame.get() != null && closing.get() == null && sending.tryLock()) {
      try {
        byte[] control = controlFrame.getAndSet(null);
        if (control != null && closing.get() == null) {
          whole(() -> flushed(control));
        }
      } finally {
        sending.unlock();
        endIfAsked();
      }
    }
  }

  private void flushed(byte[] frame) throws IOException {
    out.write(frame);
    out.flush();
  }

  /**
   * Sends a Close frame, once, behind the frame under way. Never waits.
   *
   * @return whether it was the first
   */
  boolean close(CloseReason why) {
    return close(why, FrameWriter.frame(Opcode.CLOSE, FrameWriter.closePayload(why)));
  }

  private boolean close(CloseReason why, byte[] frame) {
    boolean first = closing.compareAndSet(null, new Closing(why, frame));
    endIfAsked();
    return first;
  }

  /** Whoever releases the lock calls this: the end may have been asked for meanwhile. */
  private void endIfAsked() {
    while (hasEndToDo() && sending.tryLock()) {
      try {
        end();
      } finally {
        sending.unlock();
      }
    }
  }

  private boolean hasEndToDo() {
    return (closing.get() != null && !closeSent) || (freeing && deflation != null);
  }

  private void end() {
    Closing closed = closing.get();
    if (closed != null && !closeSent) {
      closeSent = true;
      connection.endOutput(closed.frame());
    }
    Deflation used = deflation;
    if (freeing && used != null) {
      used.close();
      deflation = null;
    }
  }

  /**
   * The handler has returned: no frame is begun any more, and what the deflater holds outside of
   * the heap is freed. Waits for the frame of another thread.
   *
   * @return whether there is none any more; else the client takes nothing
   */
  boolean free(Duration time) {
    freeing = true;
    close(new CloseReason(CloseReason.ABNORMAL, ""), new byte[0]);
    try {
      if (!sending.tryLock(time.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      sending.unlock();
      endIfAsked();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
