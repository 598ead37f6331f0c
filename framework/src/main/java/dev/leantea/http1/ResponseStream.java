package dev.leantea.http1;

import dev.leantea.zerocopy.FileOutput;
import dev.leantea.zerocopy.OpenFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a {@link dev.leantea.http.BodyWriter} writes to. Octets gather to a piece; a piece becomes a
 * chunk (RFC 9112 §7.1) where the body is chunked.
 *
 * <p>One thread at a time: the writer's.
 */
final class ResponseStream extends OutputStream implements FileOutput {
  private static final int PIECE_OCTETS = 16 * 1024;

  /** Of a file, handed over at once: no connection holds its loop for longer than one takes. */
  private static final int FILE_SLICE_OCTETS = 1024 * 1024;

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = Octets.latin1("0\r\n\r\n");

  private final Exchange exchange;
  private final boolean chunked;
  private final OptionalLong length;
  private byte[] piece = new byte[256];
  private int size;
  private long written;
  private boolean finished;

  ResponseStream(Exchange exchange, boolean chunked, OptionalLong length) {
    this.exchange = exchange;
    this.chunked = chunked;
    this.length = length;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    requireOpen(count);
    written += count;
    for (int from = offset, left = count; left > 0; ) {
      int octets = Math.min(left, PIECE_OCTETS - size);
      ensure(size + octets);
      System.arraycopy(bytes, from, piece, size, octets);
      size += octets;
      from += octets;
      left -= octets;
      if (size == PIECE_OCTETS) {
        flush();
      }
    }
  }

  private void requireOpen(long count) throws IOException {
    if (finished) {
      throw new IOException("body: expected no write after the writer returned");
    }
    if (length.isPresent() && written + count > length.getAsLong()) {
      throw new IOException(
          "body: expected %d bytes as declared, got more".formatted(length.getAsLong()));
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
    if (size > 0) {
      byte[] octets = chunked ? chunk() : Arrays.copyOf(piece, size);
      size = 0;
      exchange.sendPiece(octets);
    }
  }

  /** Size in hexadecimal, CRLF, the octets, CRLF. */
  private byte[] chunk() {
    byte[] head = Octets.latin1(Integer.toHexString(size) + "\r\n");
    byte[] chunk = Arrays.copyOf(head, head.length + size + CRLF.length);
    System.arraycopy(piece, 0, chunk, head.length, size);
    System.arraycopy(CRLF, 0, chunk, head.length + size, CRLF.length);
    return chunk;
  }

  /** One chunk, where the body is chunked: its head, the part of the file, CRLF. */
  @Override
  public void write(OpenFile file, long from, long count) throws IOException {
    requireOpen(count);
    written += count;
    flush();
    if (count == 0) {
      return; // a chunk of no octets would be the last
    }
    if (chunked) {
      exchange.sendPiece(Octets.latin1(Long.toHexString(count) + "\r\n"));
    }
    for (long at = from, end = from + count; at < end; at += FILE_SLICE_OCTETS) {
      exchange.sendFile(file.slice(at, (int) Math.min(FILE_SLICE_OCTETS, end - at)));
    }
    if (chunked) {
      exchange.sendPiece(CRLF);
    }
  }

  /** Does nothing: the body ends when the writer returns, and not before. */
  @Override
  public void close() throws IOException {
    flush();
  }

  /** Ends the body: the writer has returned. */
  void finish() throws IOException {
    if (length.isPresent() && written < length.getAsLong()) {
      throw new IllegalStateException(
          "body: expected %d bytes as declared, got %d".formatted(length.getAsLong(), written));
    }
    flush();
    finished = true;
    if (chunked) {
      exchange.sendPiece(LAST_CHUNK);
    }
  }
}
