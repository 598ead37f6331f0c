package dev.leantea.blocking;

import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http1.Http1Connection;
import dev.leantea.http1.Http1Context;
import dev.leantea.http1.Transport;
import dev.leantea.zerocopy.FileSlice;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection and its virtual thread, which does everything: reads, runs the handler, writes.
 *
 * <pre>
 *  read ─▶ Http1Connection.receive ─▶ handler ─┬─▶ send, flush ─▶ read …
 *    ▲                                         │ needs more of its body
 *    └────────────── awaitInput ◀──────────────┘
 * </pre>
 *
 * <p>Time: between requests it waits without a timer, and the sweeper ends it; within a head or a
 * body the read itself has a timeout; a write that makes no progress is ended by the sweeper.
 */
final class BlockingConnection implements Transport {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final int RECEIVE_OCTETS = 16 * 1024;
  private static final int SEND_OCTETS = 8 * 1024;

  /** A long write counts as stalled when the client takes not even one of these in time. */
  private static final int WRITE_OCTETS = 64 * 1024;

  /** Of a file, copied to wait until the socket takes octets again. */
  private static final int WAIT_OCTETS = 4 * 1024;

  private static final long NEVER = Long.MAX_VALUE;

  private final SocketChannel channel;
  private final Http1Connection http;
  private final long stallNanos;
  private final BooleanSupplier draining;
  private final byte[] received = new byte[RECEIVE_OCTETS];
  private final ByteBuffer receiveBuffer = ByteBuffer.wrap(received);
  private final InetSocketAddress remoteAddress;
  private byte[] out = new byte[512];
  private int outSize;
  private @Nullable IOException failure;

  // Written by the connection's thread, read by the sweeper.
  private volatile long idleDeadline = NEVER;
  private volatile long idleSince = NEVER;
  private volatile long writeDeadline = NEVER;

  BlockingConnection(
      SocketChannel channel, Handler handler, Limits limits, BooleanSupplier draining) {
    this.channel = channel;
    this.draining = draining;
    this.stallNanos = limits.stallTimeout().toNanos();
    this.remoteAddress = remoteAddress(channel);
    this.http = new Http1Connection(new Http1Context(handler, limits), this);
  }

  private static InetSocketAddress remoteAddress(SocketChannel channel) {
    try {
      return (InetSocketAddress) channel.getRemoteAddress();
    } catch (IOException e) {
      return InetSocketAddress.createUnresolved("unknown", 0); // closed before we looked
    }
  }

  /** Serves the connection until it ends. */
  void run(boolean withinLimit) {
    try (channel) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (!withinLimit) {
        http.refuseConnection();
      }
      while (!http.isClosed()) {
        readOnce();
      }
    } catch (IOException e) {
      http.peerGone();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "connection of " + remoteAddress + " failed", e);
      http.peerGone();
    }
  }

  private void readOnce() throws IOException {
    if (failure != null) {
      throw failure;
    }
    int octets = http.isIdle() ? readIdle() : http.isUpgraded() ? readUpgraded() : readTimed();
    if (octets > 0) {
      http.receive(received, 0, octets);
    } else if (octets < 0) {
      http.endOfInput();
    } else {
      http.tick();
    }
  }

  private int readIdle() throws IOException {
    idleSince = System.nanoTime();
    idleDeadline = http.inputDeadline();
    receiveBuffer.clear();
    int octets = channel.read(receiveBuffer);
    idleDeadline = NEVER;
    idleSince = NEVER;
    return octets;
  }

  /** A drain ends the read: the handler is to say good-bye. */
  private int readUpgraded() throws IOException {
    idleSince = System.nanoTime();
    try {
      return readTimed();
    } finally {
      idleSince = NEVER;
    }
  }

  /** Returns 0 when the deadline has passed. */
  private int readTimed() throws IOException {
    long deadline = http.inputDeadline();
    if (deadline == NEVER) {
      receiveBuffer.clear();
      return channel.read(receiveBuffer);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
    if (millis <= 0) {
      return 0;
    }
    channel.socket().setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    try {
      return channel.socket().getInputStream().read(received);
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  /** Ends what is overdue. Called by the sweeper. */
  void sweep(long now, boolean drain) {
    if (now >= writeDeadline) {
      cut();
    } else if (now >= idleDeadline
        || (drain && now - idleSince > Http1Connection.DRAIN_IDLE_NANOS && idleSince != NEVER)) {
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

  // ---- Transport

  @Override
  public void send(byte[] bytes, int from, int to) {
    if (out.length - outSize < to - from) {
      grow(to - from);
    }
    if (out.length - outSize < to - from) {
      write(bytes, from, to);
      return;
    }
    System.arraycopy(bytes, from, out, outSize, to - from);
    outSize += to - from;
  }

  private void grow(int more) {
    if (outSize + more <= SEND_OCTETS) {
      byte[] larger = new byte[SEND_OCTETS];
      System.arraycopy(out, 0, larger, 0, outSize);
      out = larger;
    } else {
      flush();
    }
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
      int octets = outSize;
      outSize = 0;
      write(out, 0, octets);
    }
  }

  private void write(byte[] bytes, int from, int to) {
    try {
      for (int at = from; at < to && failure == null; at += WRITE_OCTETS) {
        writeDeadline = System.nanoTime() + stallNanos;
        ByteBuffer slice = ByteBuffer.wrap(bytes, at, Math.min(WRITE_OCTETS, to - at));
        while (slice.hasRemaining()) {
          channel.write(slice);
        }
      }
    } catch (IOException e) {
      failure = e;
      http.peerGone();
    } finally {
      writeDeadline = NEVER;
    }
  }

  @Override
  public void sendFile(FileSlice slice) {
    flush();
    try (slice) {
      for (int sent = 0; sent < slice.count() && failure == null; ) {
        writeDeadline = System.nanoTime() + stallNanos;
        int octets = slice.transferTo(channel, sent);
        sent += octets > 0 ? octets : sendSome(slice, sent);
      }
    } catch (IOException e) {
      failure = e;
      http.peerGone();
    } finally {
      writeDeadline = NEVER;
    }
  }

  /**
   * The socket is full, and on a virtual thread a transfer does not wait for it: a write does, so a
   * little is copied.
   */
  private int sendSome(FileSlice slice, int sent) throws IOException {
    ByteBuffer some = ByteBuffer.allocate(Math.min(WAIT_OCTETS, slice.count() - sent));
    slice.read(some, sent);
    some.flip();
    while (some.hasRemaining()) {
      channel.write(some);
    }
    return some.limit();
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

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public void start(Runnable handler) {
    flush(); // the handler may block, and earlier answers must not wait for that
    handler.run();
  }

  @Override
  public boolean awaitInput() throws IOException {
    flush(); // the client may wait for what we have said before it says more
    http.settle();
    try {
      readOnce();
    } catch (IOException e) {
      failure = e;
      http.peerGone(); // the handler's read says so
    }
    return true;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }
}
