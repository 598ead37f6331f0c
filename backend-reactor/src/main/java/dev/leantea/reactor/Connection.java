package dev.leantea.reactor;

import dev.leantea.http1.Http1Connection;
import dev.leantea.http1.Transport;
import dev.leantea.zerocopy.FileSlice;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

/**
 * A connection of a loop: between an engine, which moves bytes, and the HTTP state machine, which
 * knows what they mean. It knows no engine.
 *
 * <pre>
 *  Engine ── received, endOfInput, sent, broken ──▶ Connection ──▶ Http1Connection
 *  Engine ◀── EngineSocket: send, receiving, … ──── Connection ◀── Transport
 * </pre>
 *
 * <p>The loop's thread, except where {@link Transport} says otherwise.
 */
final class Connection implements Transport {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Loop loop;
  private final EngineSocket socket;
  private final Http1Connection http;
  private final SendQueue queue;
  private boolean dirty;
  private boolean endAfterQueue;
  private boolean closed;

  /** Its place in the loop's list. */
  int index;

  Connection(Loop loop, EngineSocket socket) {
    this.loop = loop;
    this.socket = socket;
    this.queue = new SendQueue(loop.segments);
    this.http = new Http1Connection(loop.context, this);
  }

  // ---- events from the engine

  /** Bytes came; they are the engine's again when this returns. */
  void received(byte[] bytes, int from, int to) {
    loop.watch.beat();
    try {
      http.receive(bytes, from, to);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** The peer sends no more. */
  void endOfInput() {
    try {
      http.endOfInput();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** The engine got rid of octets of the queue. */
  void sent() {
    http.sent();
    shutdownIfSent();
  }

  /** The connection broke. */
  void broken() {
    http.peerGone();
    close();
  }

  /** A fault of ours: this connection ends, the loop and its others go on. */
  private void failed(RuntimeException e) {
    LOG.log(Level.ERROR, "connection of " + remoteAddress() + " failed", e);
    broken();
  }

  // ---- events from the loop

  /** The end of the loop's turn: one write for all that the turn brought. */
  void flushNow() {
    dirty = false;
    if (closed) {
      return;
    }
    if (!queue.isEmpty()) {
      socket.send(queue);
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
      http.tick();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  void drain() {
    http.drain();
  }

  void refuse() {
    http.refuseConnection();
  }

  // ---- Transport

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
      socket.close();
      loop.closed(this);
    }
  }

  @Override
  public boolean draining() {
    return loop.draining();
  }

  @Override
  public long nanoTime() {
    return loop.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public void start(Runnable handler) {
    loop.startHandler(handler);
  }

  @Override
  public boolean awaitInput() {
    return false; // the loop reads
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return socket.remoteAddress();
  }
}
