package dev.leantea.loop;

import dev.leantea.loop.SocketOperation.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Waits for one direction of a socket: by the loop that carries the caller, or, where none does, as
 * the JDK waits. One thread at a time.
 *
 * <p>An interrupt ends the wait of a virtual thread and not that of a platform thread, as {@link
 * java.net.Socket} has it.
 */
final class SocketWaiter {
  private static final int ECONNRESET = 104;
  private static final int ETIMEDOUT = 110;
  private static final int EHOSTUNREACH = 113;

  private final SocketChannel channel;
  private final int descriptor;
  private SocketOperation operation;

  SocketWaiter(SocketChannel channel) {
    this.channel = channel;
    this.descriptor = JdkSockets.descriptor(channel);
    this.operation = new SocketOperation(channel, descriptor);
  }

  /** The moment so many milliseconds from now; 0 is {@link SocketOperation#NEVER}. */
  static long deadline(int millis) {
    return millis == 0
        ? SocketOperation.NEVER
        : SocketOperation.now() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /**
   * Waits for bytes, and may receive them.
   *
   * @return how many were received; -1 at the end of the input; 0: the caller is to try
   */
  int receive(byte[] into, int offset, int length, long deadline) throws IOException {
    SocketLoop loop = CarriedSockets.loopOfCaller();
    if (loop == null) {
      awaitAsJdk(false, deadline, "Read timed out");
      return 0;
    }
    Outcome outcome = operation.receive(loop, into, offset, length, deadline);
    if (outcome == Outcome.RECEIVED) {
      return operation.result() == 0 ? -1 : operation.result();
    }
    afterWait(outcome, false, deadline, "Read timed out");
    return 0;
  }

  /** Waits until the socket can be written to, or is connected, or refused. */
  void awaitWritable(long deadline, String timeoutMessage) throws IOException {
    SocketLoop loop = CarriedSockets.loopOfCaller();
    if (loop == null) {
      awaitAsJdk(true, deadline, timeoutMessage);
    } else {
      afterWait(operation.writable(loop, deadline), true, deadline, timeoutMessage);
    }
  }

  private void afterWait(Outcome outcome, boolean writable, long deadline, String timeoutMessage)
      throws IOException {
    switch (outcome) {
      case READY, RECEIVED -> throwIfInterrupted();
      case TIMED_OUT -> throw new SocketTimeoutException(timeoutMessage);
      case CANCELLED -> throw new InterruptedIOException();
      case FAILED -> throw new SocketException(message(operation.result()));
      case LOOP_ENDED -> {
        renewOperation();
        awaitAsJdk(writable, deadline, timeoutMessage);
      }
    }
  }

  private void renewOperation() {
    if (operation.isWithdrawn()) {
      CarriedSockets.foundPinned();
      operation = new SocketOperation(channel, descriptor);
    }
  }

  private void awaitAsJdk(boolean writable, long deadline, String timeoutMessage)
      throws IOException {
    long nanos = 0; // for ever
    if (deadline != SocketOperation.NEVER) {
      nanos = deadline - SocketOperation.now();
      if (nanos <= 0) {
        throw new SocketTimeoutException(timeoutMessage);
      }
    }
    if (writable) {
      JdkSockets.awaitWritable(channel, nanos);
    } else {
      JdkSockets.awaitReadable(channel, nanos);
    }
    throwIfInterrupted();
  }

  private static void throwIfInterrupted() throws InterruptedIOException {
    Thread caller = Thread.currentThread();
    if (caller.isVirtual() && caller.isInterrupted()) {
      throw new InterruptedIOException();
    }
  }

  /** As the JDK's sockets say it. */
  private static String message(int errno) {
    return switch (errno) {
      case ECONNRESET -> SocketReader.CONNECTION_RESET;
      case ETIMEDOUT -> "Connection timed out";
      case EHOSTUNREACH -> "No route to host";
      default -> "Read failed: errno " + errno;
    };
  }
}
