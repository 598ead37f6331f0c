package dev.leantea.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What the listeners of a server do when a connection cannot be accepted, as a rule because the
 * process has no file descriptor left (EMFILE): the connection stays in the kernel's queue, and to
 * try again at once would use all of a CPU. So a listener pauses for {@link #PAUSE_MILLIS} and
 * tries again.
 *
 * <pre>
 *  ACCEPTING ── failed: logged ──▶ SHORT ── accepted, 5 s or more after the last failure: logged ──▶ ACCEPTING
 *                                  │   ▲
 *                                  └───┘ failed, or accepted earlier: not logged
 * </pre>
 *
 * <p>Each connection that is closed lets another be accepted while the shortage lasts. So a
 * connection that is accepted does not end the shortage, but one that is accepted when nothing has
 * failed for a while.
 *
 * <p>One for all listeners of a server. Any thread.
 */
public final class AcceptFailures implements AutoCloseable {
  /** How long a listener pauses, in milliseconds. */
  public static final int PAUSE_MILLIS = 100;

  static final long MIN_NANOS_WITHOUT_FAILURE = TimeUnit.SECONDS.toNanos(5);

  private static final Logger LOG = System.getLogger("dev.leantea");

  private final LongSupplier nanoTime;
  private final AtomicBoolean isShort = new AtomicBoolean();
  private volatile long lastFailure;

  /** Closed while a line is logged: the log may have to open a file. */
  private final AtomicReference<Optional<ServerSocketChannel>> spare =
      new AtomicReference<>(open());

  public AcceptFailures() {
    this(System::nanoTime);
  }

  AcceptFailures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A connection was accepted. */
  public void accepted() {
    if (isShort.get()
        && nanoTime.getAsLong() - lastFailure >= MIN_NANOS_WITHOUT_FAILURE
        && isShort.compareAndSet(true, false)) {
      LOG.log(Level.INFO, "accepts connections again");
    }
  }

  /**
   * A connection could not be accepted, and the listener is about to pause.
   *
   * @param reason for the log: {@code Too many open files}
   */
  public void failed(String reason) {
    lastFailure = nanoTime.getAsLong();
    if (isShort.compareAndSet(false, true)) {
      close();
      LOG.log(
          Level.WARNING,
          "cannot accept connections, trying again every " + PAUSE_MILLIS + " ms: " + reason);
      spare.set(open());
    }
  }

  private static Optional<ServerSocketChannel> open() {
    try {
      return Optional.of(ServerSocketChannel.open());
    } catch (IOException e) {
      return Optional.empty(); // there is none to spare
    }
  }

  /** Releases the spare descriptor. */
  @Override
  public void close() {
    spare.getAndSet(Optional.empty()).ifPresent(AcceptFailures::closeQuietly);
  }

  private static void closeQuietly(ServerSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed", e);
    }
  }
}
