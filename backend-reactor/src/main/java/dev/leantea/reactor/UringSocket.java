package dev.leantea.reactor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A socket of {@link UringEngine}. One loop's thread.
 *
 * <pre>
 *            armed: a multishot receive is in flight
 *  OPEN ──── sending: one send is in flight, and owns a send buffer
 *    │
 *    │ close: operations in flight are cancelled; no callbacks any more
 *    ▼
 *  CLOSING ── neither armed nor sending ──▶ RELEASED: the descriptor is closed, the slot is free
 * </pre>
 *
 * <p>The descriptor is closed only when no operation in flight refers to it: a completion cannot be
 * taken for another connection's, and the number cannot be reused while an entry names it.
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

  /** Generation and slot: see {@link UringSockets}. */
  final long id;

  private @Nullable Connection connection;
  private @Nullable SendQueue queue;
  private @Nullable SocketAddress remoteAddress;

  /** Bytes that arrived while receiving was paused, until it is resumed. */
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

  void open(Loop loop, int listener) {
    try {
      connection = loop.accepted(this, listener);
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

  /** A completion of the receive: bytes, its end, or both. */
  void received(int result, int flags) {
    armed = (flags & Abi.CQE_MORE) != 0;
    if (result > 0) {
      receivedBytes(flags >>> Abi.CQE_BUFFER_SHIFT, result);
    } else {
      receiveEnded(result, flags);
    }
    if (result != -Errno.ENOBUFS) {
      arm(); // the kernel may end a multishot receive at any time
    }
    releaseIfQuiet();
  }

  private void receivedBytes(int bufferId, int count) {
    byte[] bytes = engine.received;
    engine.buffers.take(bufferId, bytes, 0, count);
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
      case Errno.ENOBUFS -> engine.queues.starved(this, fed);
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

  /** Receive buffers are free again. */
  void receiveBuffersFree() {
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
        engine.queues.ready(this); // not within this call: it may come from received()
      }
    }
  }

  /** Passes held bytes on to the connection. */
  void passHeld() {
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

  /** The memory that a send in flight reads from is not extended; nor is it taken from others. */
  @Override
  public @Nullable MemorySegment stage(int from, int bytes) {
    SendBuffers pool = engine.sendBuffers;
    if (sending || waiting || closing || engine.queues.othersWaitForSendBuffer()) {
      return null;
    }
    if (buffer == SendBuffers.NONE) {
      buffer = pool.take(Integer.MAX_VALUE);
    }
    if (buffer != SendBuffers.NONE && pool.bytes(buffer) - from >= bytes) {
      return pool.memory().asSlice(pool.offset(buffer) + from, bytes);
    }
    if (from == 0) {
      giveBuffer();
    }
    return null;
  }

  @Override
  public void send(SendQueue pending) {
    queue = pending;
    if (!sending && !waiting && !closing) {
      sendNext(pending);
    }
  }

  /** A send buffer is free. */
  void sendBufferFree() {
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
      engine.queues.waitForSendBuffer(this);
      return;
    }
    try {
      long offset = pool.offset(buffer);
      int staged = pending.staged();
      if (staged > 0) {
        submit(offset + pending.stagedFrom(), staged);
      } else {
        submit(offset, pending.copyTo(pool.memory(), offset, pool.bytes(buffer)));
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a file could not be read", e);
      connection().broken(); // which closes this socket
    }
  }

  /** Sends bytes from the send buffers' memory. */
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

  /**
   * The completion of a send: its buffer can be used again.
   *
   * @param result the number of bytes that the kernel has copied, or a negative error number
   */
  void sent(int result) {
    sending = false;
    SendQueue pending = queue;
    if (closing || pending == null) {
      giveBuffer();
      releaseIfQuiet();
    } else if (result >= 0) {
      pending.consume(result);
      connection().sent(); // which may add bytes, to be sent with the rest
      sendRest(pending);
    } else if (result == -Errno.EINTR || result == -Errno.EAGAIN) {
      sendNext(pending);
    } else {
      broken("send", result);
    }
  }

  /** After a short send, or for a queue longer than a buffer: sends on where the last one ended. */
  private void sendRest(SendQueue pending) {
    if (closing || sending) {
      return;
    }
    if (pending.staged() == 0
        && (pending.isEmpty() || engine.queues.othersWaitForSendBuffer() || outgrows(pending))) {
      giveBuffer();
    }
    if (!pending.isEmpty()) {
      sendNext(pending);
    }
  }

  /** A queue that is never empty would keep the small buffer of a head for the whole body. */
  private boolean outgrows(SendQueue pending) {
    return pending.size() > engine.sendBuffers.bytes(buffer);
  }

  private void giveBuffer() {
    if (buffer != SendBuffers.NONE) {
      int free = buffer;
      buffer = SendBuffers.NONE;
      engine.queues.giveSendBuffer(free);
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

  /** Closes the connection after an error that the peer did not cause. */
  void abort() {
    Connection known = connection;
    if (!closing && known != null) {
      known.endSafely(); // which closes this socket
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
   * The cancel of a close found nothing although an operation is in flight, which was just running:
   * cancels again. Called only for sockets that are not released.
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
  public SocketAddress remoteAddress() {
    SocketAddress address = remoteAddress;
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

  /** Cancels one operation, which still completes. */
  static void cancel(Ring ring, long userData, long cancelData) {
    ring.put(CANCEL, -1, 0, userData, 0, 0, cancelData, 0);
  }
}
