package dev.leantea.bench.upstream;

import dev.leantea.net.LoopThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes an upstream's body on as it arrives: each piece is on the wire before the next is taken.
 *
 * <pre>
 *  upstream ─▶ a thread of the loop reads ─ piece by piece ─▶ the handler's thread writes ─▶ client
 * </pre>
 *
 * <p>When nothing has arrived within the heartbeat and an event has just ended, it sends a comment,
 * which clients ignore: only a write shows that a client has left.
 */
final class TokenRelay {
  private static final byte[] COMMENT = {':', '\n', '\n'};
  private static final byte[] NOTHING = {};
  private static final int MAX_PIECE_BYTES = 16 * 1024;

  private final InputStream body;
  private final OutputStream out;
  private final Duration heartbeat;
  private final boolean comments;

  /** Pieces, then an empty one: the end. */
  private final BlockingQueue<Optional<byte[]>> pieces = new SynchronousQueue<>();

  private volatile @Nullable IOException failure;
  private boolean lineEmpty = true;
  private boolean betweenEvents = true;
  private byte last;

  /**
   * @param comments whether the body is an event stream that may hold comments
   */
  TokenRelay(InputStream body, OutputStream out, Duration heartbeat, boolean comments) {
    this.body = body;
    this.out = out;
    this.heartbeat = heartbeat;
    this.comments = comments;
  }

  /**
   * Returns when the body is complete.
   *
   * @throws IOException when the client has left, or the upstream broke off
   */
  void run() throws IOException {
    Thread reader = LoopThreads.factory().newThread(this::read);
    reader.start();
    try (body) { // closed before its end, the connection to the upstream is closed
      for (Optional<byte[]> piece = next(); piece.isPresent(); piece = next()) {
        follow(piece.get());
        out.write(piece.get());
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the upstream");
    } finally {
      reader.interrupt();
    }
    IOException error = failure;
    if (error != null) {
      throw new IOException("upstream broke off", error);
    }
  }

  private void read() {
    try {
      readPieces();
      pieces.put(Optional.empty());
    } catch (InterruptedException e) {
      // run has ended
    }
  }

  private void readPieces() throws InterruptedException {
    byte[] buffer = new byte[MAX_PIECE_BYTES];
    try {
      for (int count; (count = body.read(buffer)) >= 0; ) {
        pieces.put(Optional.of(Arrays.copyOf(buffer, count)));
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** The next piece, or nothing to write but a comment when none has arrived in time. */
  private Optional<byte[]> next() throws InterruptedException {
    Optional<byte[]> piece = pieces.poll(heartbeat.toNanos(), TimeUnit.NANOSECONDS);
    if (piece != null) {
      return piece;
    }
    return Optional.of(comments && betweenEvents ? COMMENT : NOTHING);
  }

  /** An event ends with an empty line; CR, LF and CRLF each end a line. */
  private void follow(byte[] piece) {
    for (byte character : piece) {
      boolean lineEnd = character == '\r' || character == '\n';
      if (!lineEnd || character == '\r' || last != '\r') { // the LF of a CRLF changes nothing
        betweenEvents = lineEnd && lineEmpty;
        lineEmpty = lineEnd;
      }
      last = character;
    }
  }
}
