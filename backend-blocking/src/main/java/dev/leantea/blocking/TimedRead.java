package dev.leantea.blocking;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a socket, with a timeout or without one. The connection's thread.
 *
 * <p>The JDK has timeouts for the sockets of TCP alone. On a unix domain socket a second virtual
 * thread reads when a read has a timeout; one that is still waiting then is the next read.
 */
final class TimedRead {
  private final SocketChannel channel;
  private final byte[] target;
  private final ByteBuffer buffer;
  private final boolean hasTimeout;
  private @Nullable FutureTask<Integer> pending;

  /**
   * @param target what is read goes to its beginning
   */
  TimedRead(SocketChannel channel, byte[] target) {
    this.channel = channel;
    this.target = target;
    this.buffer = ByteBuffer.wrap(target);
    this.hasTimeout = !isUnix(channel);
  }

  private static boolean isUnix(SocketChannel channel) {
    try {
      return channel.getLocalAddress() instanceof UnixDomainSocketAddress;
    } catch (IOException e) {
      return false; // it is closed, as the first read finds out
    }
  }

  /**
   * Waits without a timeout.
   *
   * @return how many bytes were read; negative at the end
   */
  int read() throws IOException {
    FutureTask<Integer> started = pending;
    return started == null ? readNow() : finish(started, Long.MAX_VALUE);
  }

  /**
   * Waits for a time.
   *
   * @param millis more than 0
   * @return how many bytes were read; 0 when the time is over, negative at the end
   */
  int read(int millis) throws IOException {
    return hasTimeout ? readSocket(millis) : finish(start(), millis);
  }

  private int readNow() throws IOException {
    buffer.clear();
    return channel.read(buffer);
  }

  private int readSocket(int millis) throws IOException {
    channel.socket().setSoTimeout(millis);
    try {
      return channel.socket().getInputStream().read(target);
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  private FutureTask<Integer> start() {
    FutureTask<Integer> started = pending;
    if (started == null) {
      started = new FutureTask<>(this::readNow);
      pending = started;
      Thread.ofVirtual().name("leantea-blocking-read").start(started);
    }
    return started;
  }

  private int finish(FutureTask<Integer> read, long millis) throws IOException {
    try {
      int bytes = read.get(millis, TimeUnit.MILLISECONDS);
      pending = null;
      return bytes;
    } catch (TimeoutException e) {
      return 0;
    } catch (InterruptedException e) {
      channel.close(); // as an interrupted read of a channel does
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }
}
