package dev.leantea.reactor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A socket of {@link UringEngine}. One loop's thread.
 *
 * <pre>
 *            armed: a multishot receive is in flight
 *  OPEN ──── sending: one send is in flight, and owns a send buffer
 *    │
 *    │ close: what is in flight is cancelled; no callback any more
 *    ▼
 *  CLOSING ── neither armed nor sending ──▶ RELEASED: the descriptor is closed, the place is free
 * </pre>
 *
 * <p>The descriptor is closed only when nothing in flight refers to it: so a completion can not be
 * taken for another connection's, and the number can not be reused while an entry names it.
 */
final class UringSocket implements EngineSocket {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final byte[] NONE = new byte[0];

  private static final long RECEIVE =
      Ring.operation(Abi.OP_RECV, Abi.SQE_BUFFER_SELECT, Abi.RECV_MULTISHOT);

  private static final long SEND = Ring.operation(Abi.OP_SEND, 0, 0);
  private static final long CANCEL =
      Ring.operation(Abi.OP_ASYNC_CANCEL, Abi.SQE_CQE_SKIP_SUCCESS, 0);
  private static final long CLOSE = Ring.operation(Abi.OP_CLOSE, Abi.SQE_CQE_SKIP_SUCCESS, 0);

  private final UringEngine engine;
  private final int descriptor;

  /** Generation and place: see {@link UringSockets}. */
  final long id;

  private @Nullable Connection connection;
  private @Nullable SendQueue queue;
  private @Nullable InetSocketAddress remoteAddress;

  /** Came while the connection did not receive; waits until it does. */
  private byte[] held = NONE;

  private int buffer = SendBuffers.NONE;
  private boolean receiving = true;
  private boolean armed;
  private boolean fed;
  private boolean inputEnded;
  private boolean endHeld;
  private boolean sending;
  private boolean waiting;
  private boolean closing;
  private boolean released;

  UringSocket(UringEngine engine, int descriptor, long id) {
    this.engine = engine;
    this.descriptor = descriptor;
    this.id = id;
  }

  void open(Loop loop) {
    try {
      connection = loop.accepted(this);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    arm();
  }

  // ---- receiving

  private void arm() {
    if (receiving && !armed && !inputEnded && !closing) {
      armed = true;
      fed = false;
      engine.ring.put(RECEIVE, descriptor, 0, 0, 0, 0, UringEngine.RECEIVE | id, BufferRing.GROUP);
    }
  }

  /** The receive brought bytes, or ended, or both. */
  void received(int result, int flags) {
    armed = (flags & Abi.CQE_MORE) != 0;
    if (result > 0) {
      bytes(flags >>> Abi.CQE_BUFFER_SHIFT, result);
    } else {
      receiveEnded(result, flags);
    }
    if (result != -Errno.ENOBUFS) {
      arm(); // where it ended although there is more to come: the kernel does so at times
    }
    releaseIfQuiet();
  }

  private void bytes(int bufferId, int count) {
    byte[] bytes = engine.received;
    engine.buffers.take(bufferId, bytes, count);
    fed = true;
    if (!closing) {
      if (receiving && held.length == 0) {
        connection().received(bytes, 0, count);
      } else {
        hold(bytes, count);
      }
    }
  }

  private void hold(byte[] bytes, int count) {
    int before = held.length;
    held = Arrays.copyOf(held, before + count);
    System.arraycopy(bytes, 0, held, before, count);
  }

  private void receiveEnded(int result, int flags) {
    if ((flags & Abi.CQE_BUFFER) != 0) {
      engine.buffers.give(flags >>> Abi.CQE_BUFFER_SHIFT);
    }
    if (closing) {
      return;
    }
    switch (-result) {
      case 0 -> endOfInput();
      case Errno.ENOBUFS -> engine.starved(this, fed);
      case Errno.ECANCELED, Errno.EINTR, Errno.EAGAIN -> {}
      default -> broken("receive", result);
    }
  }

  private void endOfInput() {
    inputEnded = true;
    if (receiving && held.length == 0) {
      connection().endOfInput();
    } else {
      endHeld = true;
    }
  }

  /** There are receive buffers again. */
  void fedAgain() {
    arm();
  }

  @Override
  public void receiving(boolean on) {
    receiving = on;
    if (closing) {
      return;
    }
    if (!on && armed) {
      cancel(engine.ring, UringEngine.RECEIVE | id, UringEngine.IGNORED);
    } else if (on) {
      arm();
      if (held.length > 0 || endHeld) {
        engine.ready(this); // not from within this call, which may come from the last bytes
      }
    }
  }

  /** Passes on what was held back. */
  void release() {
    if (!receiving || closing) {
      return;
    }
    byte[] bytes = held;
    held = NONE;
    if (bytes.length > 0) {
      connection().received(bytes, 0, bytes.length);
    }
    if (endHeld && receiving && !closing) {
      endHeld = false;
      connection().endOfInput();
    }
  }

  // ---- sending

  @Override
  public void send(SendQueue pending) {
    queue = pending;
    if (!sending && !waiting && !closing) {
      sendNext(pending);
    }
  }

  /** There is a send buffer again. */
  void bufferFree() {
    waiting = false;
    if (!closing && queue != null && !queue.isEmpty()) {
      sendNext(queue);
    }
  }

  private void sendNext(SendQueue pending) {
    SendBuffers pool = engine.sendBuffers;
    if (buffer == SendBuffers.NONE) {
      buffer = pool.take(pending.size());
    }
    if (buffer == SendBuffers.NONE) {
      waiting = true;
      engine.waitForSendBuffer(this);
      return;
    }
    try {
      long offset = pool.offset(buffer);
      submit(offset, pending.copyTo(pool.memory(), offset, pool.bytes(buffer)));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a file could not be read", e);
      connection().broken(); // which closes this socket
    }
  }

  /** Sends what was copied to the send buffers' memory. */
  private void submit(long offset, int bytes) {
    sending = true;
    engine.ring.put(
        SEND,
        descriptor,
        0,
        engine.sendBuffers.memory().address() + offset,
        bytes,
        Abi.MSG_NOSIGNAL,
        UringEngine.SEND | id,
        0);
  }

  /** The send ended: the kernel has copied so many bytes, and its buffer is ours again. */
  void sent(int result) {
    sending = false;
    SendQueue pending = queue;
    if (closing || pending == null) {
      giveBuffer();
      releaseIfQuiet();
    } else if (result >= 0) {
      pending.consume(result);
      sendRest(pending);
      connection().sent();
    } else if (result == -Errno.EINTR || result == -Errno.EAGAIN) {
      sendNext(pending);
    } else {
      broken("send", result);
    }
  }

  /** A short send, or a queue longer than a buffer: the next send starts where this one ended. */
  private void sendRest(SendQueue pending) {
    if (pending.isEmpty() || engine.othersWaitForSendBuffer() || outgrows(pending)) {
      giveBuffer();
    }
    if (!pending.isEmpty()) {
      sendNext(pending);
    }
  }

  /** A head's buffer is small, and a queue that is never empty would keep it for the whole body. */
  private boolean outgrows(SendQueue pending) {
    return pending.size() > engine.sendBuffers.bytes(buffer);
  }

  private void giveBuffer() {
    if (buffer != SendBuffers.NONE) {
      int free = buffer;
      buffer = SendBuffers.NONE;
      engine.giveSendBuffer(free);
    }
  }

  @Override
  public void shutdownOutput() {
    int result = engine.libc.shutdown(descriptor, Abi.SHUT_WR);
    if (result < 0) {
      LOG.log(Level.DEBUG, () -> "shutdown failed: " + Errno.text(-result));
    }
  }

  // ---- the end

  private void broken(String operation, int result) {
    LOG.log(Level.DEBUG, () -> operation + " failed: " + Errno.text(-result));
    connection().broken(); // which closes this socket
  }

  /** Something failed that has nothing to do with the peer. */
  void abort() {
    Connection known = connection;
    if (!closing && known != null) {
      known.broken(); // which closes this socket
    }
  }

  @Override
  public void close() {
    closing = true;
    held = NONE;
    if (armed || sending) {
      cancelAll();
    }
    if (!sending) {
      giveBuffer();
    }
    releaseIfQuiet();
  }

  private void cancelAll() {
    int keys = Abi.CANCEL_ALL | Abi.CANCEL_FD;
    engine.ring.put(CANCEL, descriptor, 0, 0, 0, keys, UringEngine.CANCEL | id, 0);
  }

  /**
   * The cancel of a close failed. It found nothing while something is in flight: an operation that
   * was about to go on. So once more; it is only called for a socket that is not released.
   */
  void cancelFailed(int result) {
    if (result == -Errno.ENOENT) {
      cancelAll();
    }
  }

  private void releaseIfQuiet() {
    if (closing && !armed && !sending && !released) {
      released = true;
      engine.ring.put(CLOSE, descriptor, 0, 0, 0, 0, UringEngine.IGNORED, 0);
      engine.release(this);
    }
  }

  int descriptor() {
    return descriptor;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    InetSocketAddress address = remoteAddress;
    if (address == null) {
      address = engine.peer(descriptor);
      remoteAddress = address;
    }
    return address;
  }

  private Connection connection() {
    Connection known = connection;
    if (known == null) {
      throw new IllegalStateException("a completion before the socket was opened");
    }
    return known;
  }

  /** Ends one operation; it completes all the same. */
  static void cancel(Ring ring, long userData, long cancelData) {
    ring.put(CANCEL, -1, 0, userData, 0, 0, cancelData, 0);
  }
}
