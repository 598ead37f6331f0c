package dev.leantea.http1;

import dev.leantea.exchange.Application;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A transport in memory, as an event loop has it: one owner thread, handlers on virtual threads,
 * and a client that is this object's other side. What the client has not read is unsent.
 */
public final class PipeTransport implements Wire, Owner, AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final long TICK_NANOS = 1_000_000;

  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(task -> owner(Thread.ofPlatform().unstarted(task)));
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final WireListener connection;
  private byte[] reserved = new byte[0];
  private @Nullable Thread owner;
  private int taken;
  private boolean outputEnded;
  private boolean closed;
  private boolean receiving = true;
  private volatile boolean draining;

  public PipeTransport(Handler handler, Limits limits) {
    var application = new Application(handler, limits, ExchangeListener.NONE);
    this.connection = new Http1Protocol(application).connect(this, this);
  }

  private Thread owner(Thread thread) {
    owner = thread;
    return thread;
  }

  // ---- the client's side

  public PipeTransport clientSends(byte[] bytes) {
    byte[] copy = bytes.clone();
    loop.execute(() -> connection.received(copy, 0, copy.length));
    return this;
  }

  public PipeTransport clientSends(String latin1) {
    return clientSends(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void clientEnds() {
    loop.execute(connection::endOfInput);
  }

  public void clientVanishes() {
    loop.execute(connection::broken);
  }

  /** Ticks for as long as this client is open, as a loop does. */
  public PipeTransport ticking() {
    Thread.startVirtualThread(
        () -> {
          while (!loop.isShutdown()) {
            loop.execute(connection::tick);
            LockSupport.parkNanos(TICK_NANOS);
          }
        });
    return this;
  }

  public void drain() {
    draining = true;
    loop.execute(connection::drain);
  }

  /** Waits for this number of bytes and returns them; fewer if the server ends the connection. */
  public byte[] read(int count) {
    var bytes = new ByteArrayOutputStream();
    while (bytes.size() < count) {
      byte[] some = readSome(count - bytes.size());
      if (some.length == 0) {
        break;
      }
      bytes.writeBytes(some);
    }
    return bytes.toByteArray();
  }

  private byte[] readSome(int most) {
    lock.lock();
    try {
      await(() -> sent.size() > taken || outputEnded || closed);
      int to = Math.min(taken + most, sent.size());
      byte[] bytes = Arrays.copyOfRange(sent.toByteArray(), taken, to);
      taken = to;
      return bytes;
    } finally {
      lock.unlock();
      tell();
    }
  }

  /** What the client took is unsent no more. */
  private void tell() {
    try {
      loop.execute(connection::sent);
    } catch (RejectedExecutionException e) {
      // closed, and of no interest
    }
  }

  /** Reads up to and with the empty line. */
  public String readHead() {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      byte[] next = read(1);
      if (next.length == 0) {
        throw new AssertionError("expected a head, got: " + head);
      }
      head.append((char) next[0]);
    }
    return head.toString();
  }

  /** Everything up to the end of the server's output. */
  public byte[] readToEnd() {
    lock.lock();
    try {
      await(() -> outputEnded || closed);
      byte[] all = sent.toByteArray();
      byte[] rest = Arrays.copyOfRange(all, taken, all.length);
      taken = all.length;
      return rest;
    } finally {
      lock.unlock();
      tell();
    }
  }

  /** Waits until the server takes no more from the client, or takes it again. */
  public void awaitReceiving(boolean on) {
    lock.lock();
    try {
      await(() -> receiving == on);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the server has closed the connection. */
  public void awaitClosed() {
    lock.lock();
    try {
      await(() -> closed);
    } finally {
      lock.unlock();
    }
  }

  public boolean endedInOrder() {
    lock.lock();
    try {
      return outputEnded;
    } finally {
      lock.unlock();
    }
  }

  private void await(BooleanSupplier condition) {
    long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (!condition.getAsBoolean()) {
        left = changed.awaitNanos(left);
        if (left <= 0) {
          throw new AssertionError("nothing happened for " + PATIENCE_SECONDS + " s");
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    change(() -> closed = true);
    loop.shutdown();
  }

  // ---- Wire and Owner

  @Override
  public byte[] reserve(int bytes) {
    reserved = new byte[bytes];
    return reserved;
  }

  @Override
  public int position() {
    return 0;
  }

  @Override
  public void commit(int end) {
    send(reserved, 0, end);
  }

  @Override
  public void abort() {
    execute(
        () -> {
          connection.broken();
          close();
        });
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == owner;
  }

  @Override
  public void startBeside(Runnable handler) {
    start(handler);
  }

  @Override
  public boolean takeHeld() {
    return false;
  }

  @Override
  public void startNonBlocking(Runnable handler) {
    handler.run();
  }

  @Override
  public boolean readsItself() {
    return false;
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    change(() -> sent.write(bytes, from, to - from));
  }

  @Override
  public void sendWhole(byte[] bytes) {
    send(bytes, 0, bytes.length);
  }

  @Override
  public void sendFile(FileSlice slice) {
    sendWhole(MemoryTransport.content(slice));
  }

  @Override
  public void flush() {}

  @Override
  public long unsent() {
    lock.lock();
    try {
      return Math.subtractExact(sent.size(), taken);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void receiving(boolean on) {
    change(() -> receiving = on);
  }

  @Override
  public void shutdownOutput() {
    change(() -> outputEnded = true);
  }

  @Override
  public boolean draining() {
    return draining;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    if (Thread.currentThread() == owner) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  @Override
  public void start(Runnable handler) {
    Thread.startVirtualThread(handler);
  }

  @Override
  public SocketAddress remoteAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  }
}
