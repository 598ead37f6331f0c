package dev.leantea.loop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes to a socket that is connected: the system has all bytes when a write returns. Any thread,
 * one at a time.
 */
final class SocketWriter extends OutputStream {
  /** Bytes handed to the system at once. */
  private static final int MAX_BYTES = 64 * 1024;

  private final SocketLife life;
  private final SocketWaiter waiter;
  private final ReentrantLock lock = new ReentrantLock();

  SocketWriter(SocketLife life, SocketWaiter waiter) {
    this.life = life;
    this.waiter = waiter;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    lock.lock();
    try {
      int end = offset + length;
      for (int at = offset; at < end; ) {
        at += send(ByteBuffer.wrap(bytes, at, Math.min(end - at, MAX_BYTES)));
      }
    } finally {
      lock.unlock();
    }
  }

  private int send(ByteBuffer bytes) throws IOException {
    int count = 0;
    SocketChannel channel = life.begin();
    try {
      count = channel.write(bytes);
      while (count == 0 && life.isOpen()) {
        waiter.awaitWritable(SocketOperation.NEVER, "Write timed out");
        count = channel.write(bytes);
      }
      return count;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw asSocketException(e);
    } finally {
      life.end(count > 0);
    }
  }

  void sendUrgent(int value) throws IOException {
    lock.lock();
    try {
      boolean sent = false;
      SocketChannel channel = life.begin();
      try {
        channel.socket().sendUrgentData(value);
        sent = true;
      } finally {
        life.end(sent);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What the users of {@link java.net.Socket} expect. */
  static SocketException asSocketException(IOException failure) {
    if (failure instanceof SocketException expected) {
      return expected;
    }
    String message =
        failure instanceof ClosedChannelException ? "Broken pipe" : failure.getMessage();
    var wrapped = new SocketException(message);
    wrapped.initCause(failure);
    return wrapped;
  }

  @Override
  public void close() {
    life.close();
  }
}
