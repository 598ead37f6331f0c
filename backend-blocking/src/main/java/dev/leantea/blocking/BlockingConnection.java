package dev.leantea.blocking;

import dev.leantea.loop.FailureLog;
import dev.leantea.loop.HandlerScope;
import dev.leantea.server.Listeners;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection and its virtual thread, which does everything: reads, runs the handler, writes.
 *
 * <pre>
 *  read ─▶ WireListener.received ─▶ handler ─┬─▶ send, flush ─▶ read …
 *    ▲                                       │ needs more of its body
 *    └───────────── awaitInput ◀─────────────┘
 * </pre>
 *
 * <p>Time: between requests it waits without a timer, and the sweeper ends it; within a head or a
 * body the read itself has a timeout; a write that makes no progress is ended by the sweeper.
 */
final class BlockingConnection implements Wire, Owner {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** Maximum bytes that are gathered before they are written: a head and a small body. */
  private static final int SEND_BYTES = 20 * 1024;

  private final SocketChannel channel;
  private final WireListener listener;
  private final BlockingThreads threads;
  private final BooleanSupplier draining;
  private final TimedInput in;
  private final TimedOutput output;
  private final SocketAddress remoteAddress;

  /** The thread that the connection belongs to. */
  private volatile Thread thread = Thread.currentThread();

  /** Held by another thread than the connection's while it writes, as of a stream. */
  private final ReentrantLock writing = new ReentrantLock();

  private byte[] out = new byte[512];
  private int outSize;
  private volatile boolean closed;
  private @Nullable IOException failure;

  BlockingConnection(
      SocketChannel channel,
      Protocol protocol,
      boolean admitted,
      Duration stallTimeout,
      BlockingThreads threads,
      BooleanSupplier draining) {
    this.channel = channel;
    this.threads = threads;
    this.draining = draining;
    this.output = new TimedOutput(channel, stallTimeout);
    this.remoteAddress = remoteAddress(channel);
    this.listener = admitted ? protocol.connect(this, this) : protocol.refuse(this, this);
    this.in = new TimedInput(channel, listener);
  }

  private static SocketAddress remoteAddress(SocketChannel channel) {
    try {
      return Listeners.peer(channel);
    } catch (IOException e) {
      return InetSocketAddress.createUnresolved("unknown", 0); // closed before we looked
    }
  }

  /** Serves the connection until it ends. */
  void run() {
    try (channel) {
      Listeners.configure(channel);
      while (!closed) {
        readOnce();
      }
    } catch (IOException e) {
      listener.broken();
    } catch (RuntimeException | Error e) { // there is no memory, or there is a bug
      try {
        listener.broken();
      } finally {
        FailureLog.error(this, "failed", e);
      }
    }
  }

  private void readOnce() throws IOException {
    if (failure != null) {
      throw failure;
    }
    int bytes = in.read();
    if (bytes > 0) {
      listener.received(in.received, 0, bytes);
    } else if (bytes < 0) {
      listener.endOfInput();
    } else {
      listener.tick();
    }
  }

  /** Ends what is overdue. Called by the sweeper. */
  void sweep(long now, boolean drain) {
    if (output.isOverdue(now)) {
      cut();
    } else if (in.isOverdue(now, drain)) {
      wakeIdle();
    }
  }

  /** The read returns at once, with what has come or with the end of input. */
  private void wakeIdle() {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      cut();
    }
  }

  /** Closes the socket under the thread's hands. Any thread. */
  void cut() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed", e);
    }
  }

  // ---- Wire

  @Override
  public byte[] reserve(int bytes) {
    if (out.length - outSize < bytes) {
      makeRoom(bytes);
    }
    return out;
  }

  /** Grows the array as far as small bodies need it; beyond that what it holds is written first. */
  private void makeRoom(int bytes) {
    if (outSize + bytes > SEND_BYTES) {
      flush();
    }
    if (out.length - outSize < bytes) {
      out = Arrays.copyOf(out, Math.max(outSize + bytes, Math.min(2 * out.length, SEND_BYTES)));
    }
  }

  @Override
  public int position() {
    return outSize;
  }

  @Override
  public void commit(int end) {
    outSize = end;
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    int count = to - from;
    if (count > SEND_BYTES) {
      flush();
      write(bytes, from, to);
      return;
    }
    byte[] room = reserve(count);
    System.arraycopy(bytes, from, room, outSize, count);
    outSize += count;
  }

  @Override
  public void sendWhole(byte[] bytes) {
    if (bytes.length <= out.length - outSize) {
      send(bytes, 0, bytes.length);
    } else {
      flush();
      write(bytes, 0, bytes.length);
    }
  }

  @Override
  public void flush() {
    if (outSize > 0) {
      int bytes = outSize;
      outSize = 0;
      write(out, 0, bytes);
    }
  }

  private void write(byte[] bytes, int from, int to) {
    if (failure == null) {
      try {
        output.write(bytes, from, to);
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  @Override
  public void sendFile(FileSlice slice) {
    flush();
    try (slice) {
      if (failure == null) {
        output.write(slice);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException cause) {
    failure = cause;
    listener.broken();
  }

  @Override
  public long unsent() {
    return 0; // flush returns when all is sent
  }

  @Override
  public void receiving(boolean on) {
    // nothing is received but when the connection asks for it
  }

  @Override
  public void shutdownOutput() {
    flush();
    try {
      if (failure == null) {
        channel.shutdownOutput();
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void close() {
    closed = true;
    cut();
  }

  /** The thread that reads or writes gets an exception. */
  @Override
  public void abort() {
    cut();
  }

  @Override
  public boolean draining() {
    return draining.getAsBoolean();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  // ---- Owner

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /**
   * Every thread runs its tasks itself, for the connection's thread may be waiting for input. Only
   * writers of a stream hand over tasks, and they take turns.
   */
  @Override
  public void execute(Runnable task) {
    if (isCurrent()) {
      task.run();
      return;
    }
    writing.lock();
    try {
      task.run();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void start(Runnable handler) {
    startNonBlocking(handler);
  }

  @Override
  public void startBeside(Runnable handler) {
    start(handler); // the thread is the connection's alone
  }

  @Override
  public void startApart(Runnable handler) {
    threads.startHandler(handler);
  }

  @Override
  public boolean takeHeld() {
    return false;
  }

  /** The connection belongs to the handler's thread until it returns. */
  @Override
  public void startNonBlocking(Runnable handler) {
    if (HandlerScope.available()) {
      handler.run();
      return;
    }
    Thread before = thread;
    threads.runHandler(
        () -> {
          thread = Thread.currentThread();
          handler.run();
        });
    thread = before;
  }

  @Override
  public boolean readsItself() {
    return true;
  }

  @Override
  public void awaitInput() {
    flushUnlessWritten(); // the client may wait for what was sent before it sends more
    try {
      readOnce();
    } catch (IOException e) {
      failed(e); // the handler's read throws
    }
  }

  /** Another thread that writes now flushes when it has. */
  private void flushUnlessWritten() {
    if (writing.tryLock()) {
      try {
        flush();
      } finally {
        writing.unlock();
      }
    }
  }

  @Override
  public SocketAddress remoteAddress() {
    return remoteAddress;
  }

  /** For the log. */
  @Override
  public String toString() {
    return "connection of " + remoteAddress;
  }
}
