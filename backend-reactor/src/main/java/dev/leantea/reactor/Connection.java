package dev.leantea.reactor;

import dev.leantea.loop.FailureLog;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a loop: between an engine, which moves bytes, and a protocol, which knows what
 * they mean.
 *
 * <pre>
 *  Engine ── received, endOfInput, sent, broken ──▶ Connection ──▶ WireListener
 *  Engine ◀── EngineSocket: send, receiving, … ──── Connection ◀── Wire
 * </pre>
 *
 * <p>The loop's thread, except where {@link Wire} says otherwise.
 */
final class Connection implements Wire {
  private final Loop loop;
  private final EngineSocket socket;
  private final WireListener listener;
  private final SendQueue queue;

  /** Allocated with the connection: there may be no memory when it is needed. */
  private final Runnable breaking = this::broken;

  private boolean dirty;
  private boolean endAfterQueue;
  private boolean closed;

  /** Its place in the loop's list; negative before it is there. */
  int index = -1;

  /**
   * @param admitted whether the connection is within the limit
   */
  Connection(Loop loop, EngineSocket socket, Protocol protocol, boolean admitted) {
    this.loop = loop;
    this.socket = socket;
    this.queue = new SendQueue(loop.segments);
    this.listener = admitted ? protocol.connect(this, loop) : protocol.refuse(this, loop);
  }

  // ---- events from the engine

  /** Bytes came; they are the engine's again when this returns. */
  void received(byte[] bytes, int from, int to) {
    loop.watch.beat();
    try {
      listener.received(bytes, from, to);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** The peer sends no more. */
  void endOfInput() {
    try {
      listener.endOfInput();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** The engine got rid of bytes of the queue. */
  void sent() {
    try {
      listener.sent();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
    shutdownIfSent();
  }

  /** The connection broke. */
  void broken() {
    try {
      listener.broken();
    } finally {
      close();
    }
  }

  /** A fault of ours: this connection ends, the loop and its others go on. */
  void failed(Throwable e) {
    endSafely();
    FailureLog.error(this, "failed", e);
  }

  /** Ends it, whatever fails meanwhile. */
  void endSafely() {
    try {
      broken();
    } catch (RuntimeException | Error e) {
      FailureLog.error(this, "was closed, and its listener failed", e);
    }
  }

  // ---- events from the loop

  /** The end of the loop's turn: one write for all that the turn brought. */
  void flushNow() {
    dirty = false;
    if (closed) {
      return;
    }
    try {
      if (!queue.isEmpty()) {
        socket.send(queue);
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    }
    shutdownIfSent();
  }

  private void shutdownIfSent() {
    if (endAfterQueue && queue.isEmpty() && !closed) {
      endAfterQueue = false;
      socket.shutdownOutput();
    }
  }

  void tick() {
    try {
      if (closed) {
        release(); // there was no memory to close the socket
      } else {
        listener.tick();
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  void drain() {
    try {
      listener.drain();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  // ---- Wire

  @Override
  public byte[] reserve(int bytes) {
    return queue.reserve(bytes);
  }

  @Override
  public int position() {
    return queue.position();
  }

  @Override
  public void commit(int end) {
    queue.commit(end);
  }

  /** Only in front of the queue, where the socket sends it from. */
  @Override
  public @Nullable MemorySegment reserveNative(int bytes) {
    boolean first = !closed && queue.size() == queue.staged();
    return first ? socket.stage(queue.stagedTo(), bytes) : null;
  }

  @Override
  public void commitNative(int bytes) {
    queue.appendStaged(bytes);
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    queue.append(bytes, from, to);
  }

  @Override
  public void sendWhole(byte[] bytes) {
    queue.appendWhole(bytes);
  }

  @Override
  public void sendFile(FileSlice slice) {
    queue.append(slice);
  }

  @Override
  public void flush() {
    if (!dirty && !closed && (endAfterQueue || !queue.isEmpty())) {
      dirty = true;
      loop.flushLater(this);
    }
  }

  @Override
  public long unsent() {
    return queue.size();
  }

  @Override
  public void receiving(boolean on) {
    if (!closed) {
      socket.receiving(on);
    }
  }

  @Override
  public void shutdownOutput() {
    endAfterQueue = true;
    flush();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      queue.clear();
      release();
    }
  }

  /** Until the socket is closed the loop has this connection, and tries again. */
  private void release() {
    socket.close();
    loop.closed(this);
  }

  @Override
  public void abort() {
    loop.execute(breaking);
  }

  @Override
  public SocketAddress remoteAddress() {
    return socket.remoteAddress();
  }

  /** For the log. */
  @Override
  public String toString() {
    return "connection of " + remoteAddress();
  }
}
