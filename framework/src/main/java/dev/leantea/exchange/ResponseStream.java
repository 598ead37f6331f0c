package dev.leantea.exchange;

import dev.leantea.http.DrainSignal;
import dev.leantea.wire.OpenFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * What a {@link dev.leantea.http.BodyWriter} writes to.
 *
 * <pre>
 *  HELD ── first flush, or a piece is full: the head is sent ──▶ BEGUN ── the writer returned ──▶ FINISHED
 * </pre>
 *
 * <p>Until the head is sent a writer that fails gets an ordinary error response. One thread at a
 * time: the writer's.
 */
final class ResponseStream extends OutputStream implements DrainSignal {
  private enum State {
    HELD,
    BEGUN,
    FINISHED
  }

  /** Of a file, handed over at once: no connection holds its loop for longer than one takes. */
  private static final int FILE_SLICE_BYTES = 1024 * 1024;

  private final StreamedResponse response;
  private final OptionalLong length;
  private final PieceBuffer buffer = new PieceBuffer();
  private long written;
  private State state = State.HELD;

  ResponseStream(StreamedResponse response, OptionalLong length) {
    this.response = response;
    this.length = length;
  }

  /** Whether the head was sent: then the status cannot be changed any more. */
  boolean isBegun() {
    return state != State.HELD;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    requireOpen(count);
    buffer.write(bytes, offset, count, this::send);
    written += count;
  }

  private void send(byte[] piece) throws IOException {
    begin();
    response.piece(piece);
  }

  private void begin() {
    if (state == State.HELD) {
      state = State.BEGUN;
      response.begin();
    }
  }

  private void requireOpen(long count) throws IOException {
    if (state == State.FINISHED) {
      throw new IOException("body: expected no write after the writer returned");
    }
    if (length.isPresent() && written + count > length.getAsLong()) {
      throw new IOException(
          "body: expected " + length.getAsLong() + " bytes as declared, got more");
    }
  }

  /**
   * Sends the head, and what was gathered. Blocks while the client is behind by more than the
   * high-water mark.
   */
  @Override
  public void flush() throws IOException {
    if (buffer.isEmpty()) {
      begin();
      response.flush();
    } else {
      send(buffer.take());
    }
  }

  @Override
  public void onDrain(Runnable action) {
    response.onDrain(action);
  }

  /** Writes a part of a file without a copy, behind all that was written before. */
  void write(OpenFile file, long from, long count) throws IOException {
    requireOpen(count);
    written += count;
    close();
    begin();
    for (long at = from, end = from + count; at < end; at += FILE_SLICE_BYTES) {
      response.file(file.slice(at, (int) Math.min(FILE_SLICE_BYTES, end - at)));
    }
  }

  /** Sends what was gathered. The body ends when the writer returns, and not before. */
  @Override
  public void close() throws IOException {
    if (!buffer.isEmpty()) {
      flush();
    }
  }

  /** The writer has failed: what it wrote and the head precedes, which nobody sent yet. */
  byte[] rest() {
    boolean begun = state == State.BEGUN;
    state = begun ? State.FINISHED : state;
    return begun ? buffer.take() : new byte[0];
  }

  /** The writer has returned: sends what is left, and the end. */
  void finish() {
    if (length.isPresent() && written < length.getAsLong()) {
      throw new IllegalStateException(
          "body: expected " + length.getAsLong() + " bytes as declared, got " + written);
    }
    boolean begun = isBegun();
    state = State.FINISHED;
    response.end(begun, buffer.take());
  }
}
