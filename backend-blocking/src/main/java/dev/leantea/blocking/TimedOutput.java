package dev.leantea.blocking;

import dev.leantea.wire.FileSlice;
import dev.leantea.wire.WireListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Writes to a connection's socket, and knows until when: a thread of the connection writes, the
 * sweeper asks whether that is overdue.
 */
final class TimedOutput {
  /** A long write counts as stalled when the client takes not even one of these in time. */
  private static final int WRITE_BYTES = 64 * 1024;

  /** Of a file, copied to wait until the socket takes bytes again. */
  private static final int WAIT_BYTES = 4 * 1024;

  private static final long NEVER = WireListener.NEVER;

  private final SocketChannel channel;
  private final long stallNanos;

  /** Written by the thread that writes, read by the sweeper. */
  private volatile long deadline = NEVER;

  /**
   * Output of a socket.
   *
   * @param stallTimeout how long a write may make no progress
   */
  TimedOutput(SocketChannel channel, Duration stallTimeout) {
    this.channel = channel;
    this.stallNanos = stallTimeout.toNanos();
  }

  /** Whether a write has made no progress for too long. The sweeper's thread. */
  boolean isOverdue(long now) {
    return now >= deadline;
  }

  /** Writes all; waits for the socket. */
  void write(byte[] bytes, int from, int to) throws IOException {
    try {
      for (int at = from; at < to; at += WRITE_BYTES) {
        deadline = System.nanoTime() + stallNanos;
        writeAll(ByteBuffer.wrap(bytes, at, Math.min(WRITE_BYTES, to - at)));
      }
    } finally {
      deadline = NEVER;
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Writes all of a file's slice; waits for the socket. */
  void write(FileSlice slice) throws IOException {
    try {
      for (int sent = 0; sent < slice.count(); ) {
        deadline = System.nanoTime() + stallNanos;
        int bytes = slice.transferTo(channel, sent);
        sent += bytes > 0 ? bytes : writeSome(slice, sent);
      }
    } finally {
      deadline = NEVER;
    }
  }

  /**
   * The socket is full, and on a virtual thread a transfer does not wait for it: a write does, so a
   * little is copied.
   */
  private int writeSome(FileSlice slice, int sent) throws IOException {
    ByteBuffer some = ByteBuffer.allocate(Math.min(WAIT_BYTES, slice.count() - sent));
    slice.read(some, sent);
    some.flip();
    writeAll(some);
    return some.limit();
  }
}
