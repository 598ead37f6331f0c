package dev.leantea.exchange;

import dev.leantea.http.Response;
import dev.leantea.http.UpgradeHandler;
import dev.leantea.http.UpgradedConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The handler's side of a connection that left HTTP: {@link UpgradedInput} to read from, and an
 * output that gathers bytes to pieces and hands them to the owner. Any thread writes.
 *
 * <p>Writers take turns by a lock, which one that waits for a slow client keeps. {@link #endOutput}
 * does not wait for it: it leaves the last bytes to the writer that has it.
 */
final class UpgradedStream implements UpgradedConnection {
  private static final byte[] NO_BYTES = new byte[0];

  private final Exchange exchange;
  private final UpgradedInput input;
  private final SendWindow window = new SendWindow();
  private final Output output = new Output();
  private final ReentrantLock writing = new ReentrantLock();
  private final PieceBuffer buffer = new PieceBuffer();

  /** The last bytes, from when the output is to end. */
  private final AtomicReference<byte @Nullable []> ending = new AtomicReference<>();

  private boolean finished;

  UpgradedStream(Exchange exchange, UpgradedInput input) {
    this.exchange = exchange;
    this.input = input;
  }

  /** Sends the 101 and runs the handler; returns what it threw. */
  Optional<Throwable> serve(Response response, UpgradeHandler handler) {
    exchange.onOwner(() -> exchange.beginUpgrade(response, window, input));
    try {
      handler.handle(this);
      returned();
    } catch (Throwable e) {
      return Optional.of(e);
    }
    exchange.onOwner(() -> exchange.endWith(NO_BYTES));
    return Optional.empty();
  }

  @Override
  public InputStream input() {
    return input.stream();
  }

  @Override
  public OutputStream output() {
    return output;
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
    return exchange.owner().draining();
  }

  @Override
  public void endOutput(byte[] last) {
    ending.compareAndSet(null, last.clone());
    endIfAsked();
  }

  /** Whoever releases the lock looks once more: the last bytes may have come meanwhile. */
  private void endIfAsked() {
    while (ending.get() != null && writing.tryLock()) {
      try {
        if (finished) {
          return;
        }
        finish();
      } finally {
        writing.unlock();
      }
    }
  }

  @Override
  public void close() {
    exchange.abort();
  }

  /** The handler has returned: sends the rest, and refuses later writes. */
  private void returned() {
    writing.lock();
    try {
      if (!finished) {
        finish();
      }
    } finally {
      writing.unlock();
    }
  }

  private void finish() {
    finished = true;
    handOver(buffer.take());
    byte[] last = ending.get();
    if (last != null) {
      handOver(last);
    }
  }

  private void send(byte[] piece) throws IOException {
    handOver(piece);
    window.await();
  }

  private void handOver(byte[] piece) {
    if (piece.length > 0) {
      window.add(piece.length);
      exchange.onOwner(() -> exchange.data(piece, window));
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      writing.lock();
      try {
        requireOpen();
        buffer.write(bytes, offset, count, UpgradedStream.this::send);
      } finally {
        writing.unlock();
      }
      endIfAsked();
    }

    private void requireOpen() throws IOException {
      if (finished) {
        throw new IOException(
            ending.get() == null
                ? "upgraded connection: expected no write after the handler returned"
                : "upgraded connection: expected no write after the output's end");
      }
    }

    /** Sends what was gathered; waits while the client is behind. */
    @Override
    public void flush() throws IOException {
      writing.lock();
      try {
        if (!buffer.isEmpty()) {
          send(buffer.take());
        }
      } finally {
        writing.unlock();
      }
      endIfAsked();
    }

    /** Sends what was gathered, and refuses later writes; the connection itself goes on. */
    @Override
    public void close() {
      endOutput(new byte[0]);
    }
  }
}
