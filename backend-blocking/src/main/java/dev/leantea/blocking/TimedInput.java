package dev.leantea.blocking;

import dev.leantea.wire.WireListener;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Reads a connection's socket, and knows until when: the connection's thread reads, the sweeper
 * asks whether it is overdue.
 *
 * <pre>
 *  between requests    waits without a timer: {@link #isOverdue}
 *  within a request    the read has a timeout
 * </pre>
 */
final class TimedInput {
  private static final int RECEIVE_BYTES = 16 * 1024;
  private static final long NEVER = WireListener.NEVER;

  /** How long a connection must be idle to be closed by a drain. */
  private static final long DRAIN_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** What was read last. */
  final byte[] received = new byte[RECEIVE_BYTES];

  private final WireListener listener;
  private final TimedRead socket;

  // Written by the connection's thread, read by the sweeper.
  private volatile long idleDeadline = NEVER;
  private volatile long idleSince = NEVER;

  TimedInput(SocketChannel channel, WireListener listener) {
    this.listener = listener;
    this.socket = new TimedRead(channel, received);
  }

  /**
   * Waits for bytes. The connection's thread.
   *
   * @return how many were read; 0 when the listener's deadline has passed, negative at the end
   */
  int read() throws IOException {
    return listener.isIdle() ? readIdle() : readTimed();
  }

  /** Whether the read has waited for too long. The sweeper's thread. */
  boolean isOverdue(long now, boolean drain) {
    return now >= idleDeadline
        || (drain && now - idleSince > DRAIN_IDLE_NANOS && idleSince != NEVER);
  }

  private int readIdle() throws IOException {
    idleSince = System.nanoTime();
    idleDeadline = listener.deadline();
    int bytes = socket.read();
    idleDeadline = NEVER;
    idleSince = NEVER;
    return bytes;
  }

  /** Returns 0 when the deadline has passed. */
  private int readTimed() throws IOException {
    if (!listener.isDrainable()) {
      return readInTime();
    }
    idleSince = System.nanoTime();
    try {
      return readInTime();
    } finally {
      idleSince = NEVER;
    }
  }

  private int readInTime() throws IOException {
    long deadline = listener.deadline();
    if (deadline == NEVER) {
      return socket.read();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
    return millis <= 0 ? 0 : socket.read((int) Math.min(millis, Integer.MAX_VALUE));
  }
}
