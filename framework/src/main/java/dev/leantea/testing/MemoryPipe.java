package dev.leantea.testing;

import dev.leantea.http.ClientGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Bytes from one thread to another. Its writer does not wait; when its reader has left, writes
 * throw. A writer that breaks off lets the reader throw, behind what was written.
 */
final class MemoryPipe {
  /** What is in the queue. */
  private sealed interface Piece {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements Piece {}

    record End() implements Piece {}

    record Broken(IOException cause) implements Piece {}
  }

  private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final In in = new In();
  private final Out out = new Out();
  private volatile boolean left;
  private volatile boolean ended;
  private volatile Duration readTimeout = Duration.ZERO;

  InputStream input() {
    return in;
  }

  OutputStream output() {
    return out;
  }

  void readTimeout(Duration time) {
    readTimeout = time;
  }

  /** The reader meets the failure behind what was written. */
  void fail(IOException cause) {
    ended = true;
    pieces.add(new Piece.Broken(cause));
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (left) {
        throw new ClientGoneException("the test's client has left");
      }
      if (ended) {
        throw new IOException("stream: expected no write behind its end");
      }
      if (length > 0) {
        pieces.add(new Piece.Bytes(Arrays.copyOfRange(bytes, offset, offset + length)));
      }
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        pieces.add(new Piece.End());
      }
    }
  }

  private final class In extends InputStream {
    private Piece current = new Piece.Bytes(new byte[0]);
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (true) {
        switch (current) {
          case Piece.End _ -> {
            return -1;
          }
          case Piece.Broken(IOException cause) -> throw new IOException(cause.getMessage(), cause);
          case Piece.Bytes(byte[] bytes) -> {
            if (at < bytes.length) {
              int count = Math.min(length, bytes.length - at);
              System.arraycopy(bytes, at, target, offset, count);
              at += count;
              return count;
            }
          }
        }
        current = take();
        at = 0;
      }
    }

    private Piece take() throws IOException {
      try {
        if (readTimeout.isZero()) {
          return pieces.take();
        }
        Piece next = pieces.poll(readTimeout.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
          throw new SocketTimeoutException("nothing came within " + readTimeout);
        }
        return next;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for input");
      }
    }

    @Override
    public void close() {
      left = true;
      pieces.add(new Piece.End());
    }
  }
}
