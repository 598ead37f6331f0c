package dev.leantea.http1;

import dev.leantea.loop.CarriedThreads;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A backend in memory, in one of the ways that real ones work. Everything happens on the test's own
 * thread: virtual threads are carried by a queue that {@link #settle} empties, so that a run is the
 * same every time.
 *
 * <ol>
 *   <li>{@link #arrive}, {@link #endInput}, {@link #pass} and {@link #reading} are what the client
 *       does.
 *   <li>{@link #settle} lets the owner and the handlers run until all of them wait.
 *   <li>{@link #sent} is what the client has received by then.
 * </ol>
 */
public final class MemoryTransport implements Wire, Owner {
  /** Who runs what. */
  public enum Style {
    /** A loop that carries its handlers: their calls reach the owner at once. */
    CARRIED,
    /** A loop beside its handlers: their calls reach the owner through a queue. */
    QUEUED,
    /** The owner is a thread that runs the handler itself, and reads when the handler waits. */
    THREAD
  }

  /**
   * Not written to the console by what runs here: its lock is shared with other threads, and a
   * handler that holds it while it waits for one of them would stop the only thread there is.
   */
  private static final Logger LOG = Logger.getLogger("dev.leantea");

  private final Style style;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final ArrayDeque<Runnable> events = new ArrayDeque<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final ByteArrayOutputStream queued = new ByteArrayOutputStream();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private @Nullable WireListener connection;
  private byte[] reserved = new byte[0];
  private @Nullable Thread owner;
  private boolean ownerWaits;
  private boolean shut;
  private boolean closed;
  private boolean stalled;
  private boolean receiving = true;
  private boolean draining;
  private long now = 1_000_000_000L;

  public MemoryTransport(Style style) {
    if (!CarriedThreads.available()) {
      throw new IllegalStateException("tests: expected " + CarriedThreads.option());
    }
    this.style = style;
  }

  /** Opens the connection. */
  public WireListener open(BiFunction<Wire, Owner, WireListener> protocol) {
    WireListener opened = protocol.apply(this, this);
    connection = opened;
    if (style == Style.THREAD) {
      owner = CarriedThreads.start(tasks::add, "owner", this::own);
      settle();
    }
    return opened;
  }

  // ---- the client's side

  public void arrive(byte[] bytes, int from, int to) {
    byte[] copy = new byte[to - from + 7];
    System.arraycopy(bytes, from, copy, 3, to - from);
    event(
        () -> {
          required().received(copy, 3, copy.length - 4);
          Arrays.fill(copy, (byte) '?'); // the array is the backend's again
        });
  }

  public void endInput() {
    event(() -> required().endOfInput());
  }

  /** Lets time go by, and the owner look at its deadlines. */
  public void pass(long nanos) {
    now += nanos;
    event(() -> required().tick());
  }

  /** Lets time go by in which the owner does not look at its deadlines. */
  public void passUnnoticed(long nanos) {
    now += nanos;
  }

  /** When the owner is to look at its deadlines. */
  public long deadline() {
    return required().deadline();
  }

  /** Whether the client reads, or bytes wait. */
  public void reading(boolean on) {
    stalled = !on;
    if (on) {
      event(this::takenByClient);
    }
  }

  public void drain() {
    draining = true;
    event(() -> required().drain());
  }

  /** The client is gone: all that waits for it ends, threads too. */
  public void leave() {
    if (!closed) {
      event(this::broken);
    }
  }

  /** Runs an event on the owner thread, and lets everything run until all wait. */
  public void event(Runnable event) {
    events.add(event);
    if (style != Style.THREAD) {
      tasks.add(this::takeEvent);
    } else if (ownerWaits && owner != null) {
      LockSupport.unpark(owner);
    }
    settle();
  }

  private void settle() {
    LOG.setUseParentHandlers(false);
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        run(task);
      }
    } finally {
      LOG.setUseParentHandlers(true);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }

  private void takeEvent() {
    Runnable event = events.poll();
    if (event != null) {
      event.run();
    }
  }

  /** What the client has received. */
  public byte[] sent() {
    return sent.toByteArray();
  }

  /** Whether the client has seen the end of the responses. */
  public boolean ended() {
    return shut || closed;
  }

  public boolean isClosed() {
    return closed;
  }

  public boolean isReceiving() {
    return receiving;
  }

  /** What was thrown at the backend; nothing ever should be. */
  public List<Throwable> failures() {
    return failures;
  }

  private WireListener required() {
    if (connection == null) {
      throw new IllegalStateException("expected open() first");
    }
    return connection;
  }

  // ---- the owner that is a thread of its own

  private void own() {
    while (!closed) {
      try {
        nextEvent();
      } catch (RuntimeException | Error e) {
        failures.add(e);
      }
    }
  }

  private void nextEvent() {
    while (events.isEmpty()) {
      ownerWaits = true;
      LockSupport.park(this);
      ownerWaits = false;
    }
    takeEvent();
  }

  // ---- the connection's side

  @Override
  public byte[] reserve(int bytes) {
    reserved = new byte[bytes + 3];
    return reserved;
  }

  @Override
  public int position() {
    return 3;
  }

  @Override
  public void commit(int end) {
    send(reserved, 3, end);
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    if (ended()) {
      throw new AssertionError("expected no bytes behind the end, got " + (to - from));
    }
    queued.write(bytes, from, to - from);
  }

  @Override
  public void sendWhole(byte[] bytes) {
    send(bytes, 0, bytes.length);
  }

  @Override
  public void sendFile(FileSlice slice) {
    sendWhole(content(slice));
  }

  /** The bytes of a slice, which is closed then. */
  static byte[] content(FileSlice slice) {
    try (slice) {
      ByteBuffer content = ByteBuffer.allocate(slice.count());
      slice.read(content, 0);
      return content.array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As real backends do: at the end of the loop's turn, or now with a call back, or now. */
  @Override
  public void flush() {
    if (stalled || queued.size() == 0) {
      return;
    }
    switch (style) {
      case CARRIED -> tasks.add(this::takenByClient);
      case QUEUED -> takenByClient();
      case THREAD -> drainQueued();
    }
  }

  private void takenByClient() {
    if (!stalled) {
      drainQueued();
      if (connection != null) { // else it is being opened, and has sent a preface
        connection.sent();
      }
    }
  }

  private void drainQueued() {
    sent.writeBytes(queued.toByteArray());
    queued.reset();
  }

  @Override
  public long unsent() {
    return queued.size();
  }

  @Override
  public void receiving(boolean on) {
    receiving = on;
  }

  @Override
  public void shutdownOutput() {
    flush();
    shut = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void abort() {
    execute(this::broken);
  }

  private void broken() {
    required().broken();
    closed = true;
  }

  @Override
  public boolean isCurrent() {
    return style == Style.THREAD
        ? Thread.currentThread() == owner
        : !Thread.currentThread().isVirtual();
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
    return style == Style.THREAD;
  }

  @Override
  public boolean draining() {
    return draining;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    if (style == Style.QUEUED) {
      tasks.add(task);
    } else {
      task.run();
    }
  }

  @Override
  public void start(Runnable handler) {
    if (style == Style.THREAD) {
      flush();
      handler.run();
    } else {
      var _ = CarriedThreads.start(tasks::add, "handler", handler);
    }
  }

  @Override
  public void awaitInput() {
    flush();
    nextEvent();
  }

  @Override
  public SocketAddress remoteAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
  }
}
