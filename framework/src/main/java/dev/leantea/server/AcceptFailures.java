package dev.leantea.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the listeners of a server do when a connection cannot be accepted, as a rule because the
 * process has no file descriptor left (EMFILE): the connection stays in the kernel's queue, and to
 * try again at once would use all of a CPU. So a listener pauses for {@link #PAUSE_MILLIS} and
 * tries again.
 *
 * <pre>
 *  accepting ── failed: logged ──▶ pausing ── failed again: not logged ──▶ pausing ── accepted ──▶ accepting
 * </pre>
 *
 * <p>One for all listeners of a server. Any thread.
 */
public final class AcceptFailures implements AutoCloseable {
  /** How long a listener pauses, in milliseconds. */
  public static final int PAUSE_MILLIS = 100;

  private static final Logger LOG = System.getLogger("dev.leantea");

  private final AtomicBoolean logged = new AtomicBoolean();

  /** Closed while a line is logged: the log may have to open a file. */
  private final AtomicReference<Optional<ServerSocketChannel>> spare =
      new AtomicReference<>(open());

  /** A connection was accepted: the next failure is logged again. */
  public void accepted() {
    if (logged.get()) {
      logged.set(false);
    }
  }

  /**
   * A connection could not be accepted, and the listener is about to pause.
   *
   * @param reason for the log: {@code Too many open files}
   */
  public void failed(String reason) {
    if (logged.compareAndSet(false, true)) {
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
