package dev.leantea.loop;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads from a socket that is connected. Any thread, one at a time; others wait for their turn, no
 * longer than the socket's timeout.
 */
final class SocketReader extends InputStream {
  static final String CONNECTION_RESET = "Connection reset";

  /** Bytes of one read at most. */
  private static final int MAX_BYTES = 128 * 1024;

  private final LoopSocketImpl socket;
  private final SocketLife life;
  private final SocketWaiter waiter;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean ended;
  private boolean reset;

  /** The last read filled its array: there may be more already. */
  private boolean more;

  SocketReader(LoopSocketImpl socket, SocketLife life, SocketWaiter waiter) {
    this.socket = socket;
    this.life = life;
    this.waiter = waiter;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) > 0 ? one[0] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    long deadline = SocketWaiter.deadline(socket.timeout());
    lock(deadline);
    try {
      if (ended) {
        return -1; // closed or not, as the JDK's
      }
      int count = receive(into, offset, Math.min(length, MAX_BYTES), deadline);
      ended = count == -1;
      more = count == length;
      return count;
    } finally {
      lock.unlock();
    }
  }

  private int receive(byte[] into, int offset, int length, long deadline) throws IOException {
    int count = 0;
    SocketChannel channel = life.begin();
    try {
      if (reset) {
        throw new SocketException(CONNECTION_RESET);
      }
      count = receive(channel, into, offset, length, deadline);
      return count;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      reset |= CONNECTION_RESET.equals(e.getMessage());
      throw SocketWriter.asSocketException(e);
    } finally {
      life.end(count > 0);
    }
  }

  private int receive(SocketChannel channel, byte[] into, int offset, int length, long deadline)
      throws IOException {
    int count = 0;
    if (triesFirst()) {
      count = channel.read(ByteBuffer.wrap(into, offset, length));
    }
    while (count == 0 && life.isOpen()) {
      count = waiter.receive(into, offset, length, deadline);
      if (count == 0) {
        count = channel.read(ByteBuffer.wrap(into, offset, length));
      }
    }
    return count;
  }

  /**
   * Whether to look for bytes before a wait. Where the loop waits, what it waits for is an answer
   * that is not here yet; an interrupted thread is to wait for nothing.
   */
  private boolean triesFirst() {
    return more || CarriedSockets.loopOfCaller() == null || Thread.currentThread().isInterrupted();
  }

  private void lock(long deadline) throws SocketTimeoutException {
    if (deadline == SocketOperation.NEVER) {
      lock.lock();
    } else if (!lock.tryLock() && !lockUntil(deadline)) {
      throw new SocketTimeoutException("Read timed out");
    }
  }

  /** An interrupt does not end it, as in the JDK's. */
  private boolean lockUntil(long deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return lock.tryLock(deadline - SocketOperation.now(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One at a time: a connect is a use of this direction too. */
  ReentrantLock lock() {
    return lock;
  }

  @Override
  public int available() throws IOException {
    return socket.available();
  }

  @Override
  public void close() {
    life.close();
  }
}
