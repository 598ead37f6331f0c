package dev.leantea.bench.serve;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's response body, as it arrives: a read returns what has come, and waits for no more.
 *
 * <pre>
 *  NEW ── read: subscribes ──▶ FLOWING ── the upstream ends or breaks ──▶ ENDED
 *   └───────── close ────────────┴── close: the upstream's connection ends ──▶ CLOSED
 * </pre>
 *
 * <p>One piece at a time is asked for, so the upstream is held back while the client is behind. One
 * thread reads and closes; the HTTP client's thread delivers.
 */
final class UpstreamBody implements AutoCloseable {
  /** What a read returns. */
  sealed interface Read {
    /** What has come; never empty as a whole. */
    record Piece(List<ByteBuffer> octets) implements Read {}

    /** Nothing came in time. */
    record Silence() implements Read {}

    /** The body is complete. */
    record End() implements Read {}
  }

  /** What the client's thread delivers. */
  private sealed interface Signal {
    record Next(List<ByteBuffer> octets) implements Signal {}

    record Complete() implements Signal {}

    record Failed(Throwable cause) implements Signal {}
  }

  private static final Read.Silence SILENCE = new Read.Silence();
  private static final Read.End END = new Read.End();

  private final Publisher<List<ByteBuffer>> publisher;

  /** At most the piece that was asked for, and the end. */
  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(2);

  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
  private boolean subscribed;
  private volatile boolean closed;

  UpstreamBody(Publisher<List<ByteBuffer>> publisher) {
    this.publisher = publisher;
  }

  /**
   * What has come since the last read; waits for it.
   *
   * @param patience how long to wait
   * @throws IOException when the upstream broke off
   */
  Read read(Duration patience) throws IOException {
    subscribe();
    return switch (await(patience)) {
      case null -> SILENCE;
      case Signal.Next(var octets) -> {
        request();
        yield new Read.Piece(octets);
      }
      case Signal.Complete() -> END;
      case Signal.Failed(Throwable cause) -> throw new IOException("upstream broke off", cause);
    };
  }

  private void subscribe() {
    if (!subscribed) {
      subscribed = true;
      publisher.subscribe(new Receiver());
    }
  }

  private @Nullable Signal await(Duration patience) throws InterruptedIOException {
    try {
      return signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while waiting for the upstream");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private void request() {
    Subscription current = subscription.get();
    if (current != null) {
      current.request(1);
    }
  }

  /** Wants no more: where the body is not complete, the upstream's connection is closed. */
  @Override
  public void close() {
    closed = true;
    subscribe(); // a body that nobody subscribed to would stay open
    Subscription current = subscription.get();
    if (current != null) {
      current.cancel();
    }
  }

  private final class Receiver implements Subscriber<List<ByteBuffer>> {
    @Override
    public void onSubscribe(Subscription begun) {
      subscription.set(begun);
      if (closed) {
        begun.cancel();
      } else {
        begun.request(1);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> octets) {
      signals.add(new Signal.Next(octets));
    }

    @Override
    public void onComplete() {
      signals.add(new Signal.Complete());
    }

    @Override
    public void onError(Throwable cause) {
      signals.add(new Signal.Failed(cause));
    }
  }
}
