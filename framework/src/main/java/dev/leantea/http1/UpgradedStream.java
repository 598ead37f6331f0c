package dev.leantea.http1;

import dev.leantea.http.UpgradedConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The handler's side of a connection that left HTTP: {@link UpgradedInput} to read from, and an
 * output that gathers octets to pieces and hands them to the owner. Any thread writes.
 */
final class UpgradedStream extends OutputStream implements UpgradedConnection {
  private static final int PIECE_OCTETS = 16 * 1024;

  private final Exchange exchange;
  private final UpgradedInput input;
  private final ReentrantLock writing = new ReentrantLock();
  private byte[] piece = new byte[256];
  private int size;
  private boolean finished;

  UpgradedStream(Exchange exchange, UpgradedInput input) {
    this.exchange = exchange;
    this.input = input;
  }

  // ---- UpgradedConnection

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return this;
  }

  @Override
  public void readTimeout(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("read timeout: expected zero or more, got " + time);
    }
    input.timeout(time.toNanos());
  }

  @Override
  public boolean draining() {
    return exchange.draining();
  }

  /** Cuts the connection off. As a stream's close it does the same: there is no half-closing. */
  @Override
  public void close() {
    exchange.cut();
  }

  // ---- OutputStream

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    writing.lock();
    try {
      requireOpen();
      for (int from = offset, left = count; left > 0; ) {
        int octets = Math.min(left, PIECE_OCTETS - size);
        ensure(size + octets);
        System.arraycopy(bytes, from, piece, size, octets);
        size += octets;
        from += octets;
        left -= octets;
        if (size == PIECE_OCTETS) {
          sendPiece();
        }
      }
    } finally {
      writing.unlock();
    }
  }

  private void requireOpen() throws IOException {
    if (finished) {
      throw new IOException("upgraded connection: expected no write after the handler returned");
    }
  }

  private void ensure(int capacity) {
    if (piece.length < capacity) {
      piece = Arrays.copyOf(piece, Math.min(PIECE_OCTETS, Math.max(capacity, piece.length * 4)));
    }
  }

  /**
   * Sends what was gathered. Blocks while the client is behind by more than the high-water mark.
   */
  @Override
  public void flush() throws IOException {
    writing.lock();
    try {
      sendPiece();
    } finally {
      writing.unlock();
    }
  }

  private void sendPiece() throws IOException {
    if (size > 0) {
      byte[] octets = Arrays.copyOf(piece, size);
      size = 0;
      exchange.sendPiece(octets);
    }
  }

  /** The handler has returned: sends the rest, and lets nobody write any more. */
  void finish() throws IOException {
    writing.lock();
    try {
      finished = true;
      sendPiece();
    } finally {
      writing.unlock();
    }
  }
}
