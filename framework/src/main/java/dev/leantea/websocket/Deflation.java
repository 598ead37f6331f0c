package dev.leantea.websocket;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Deflates messages (RFC 7692 §7.2.1). One thread at a time.
 *
 * <p>The JDK's deflater refers back over 2^15 bytes and has no option for fewer. For a client with
 * a smaller window a message is cut into pieces of the window's size, and the deflater forgets all
 * at the end of each (a full flush): then no distance exceeds the window.
 */
final class Deflation implements AutoCloseable {
  /** What a flush ends with, and the receiver puts back. */
  private static final int TAIL_BYTES = 4;

  private static final int CHUNK_BYTES = 4 * 1024;

  /** RFC 7692 §7.2.3.6: the deflater itself has nothing to flush. */
  private static final byte[] EMPTY = {0};

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final boolean keepsContext;
  private final int windowBits;

  Deflation(boolean keepsContext, int windowBits) {
    this.keepsContext = keepsContext;
    this.windowBits = windowBits;
  }

  /** A message's payload. */
  byte[] deflate(byte[] message) {
    return message.length == 0 ? EMPTY : deflateAll(message);
  }

  private byte[] deflateAll(byte[] message) {
    var out = new ByteArrayOutputStream(message.length / 2 + 16);
    if (windowBits == DeflateParameters.MAX_WINDOW_BITS) {
      deflate(message, 0, message.length, Deflater.SYNC_FLUSH, out);
    } else {
      int window = 1 << windowBits;
      for (int from = 0; from < message.length; from += window) {
        int to = Math.min(message.length, from + window);
        deflate(message, from, to, Deflater.FULL_FLUSH, out);
      }
    }
    if (!keepsContext) {
      deflater.reset();
    }
    byte[] payload = out.toByteArray();
    return Arrays.copyOf(payload, payload.length - TAIL_BYTES);
  }

  private void deflate(byte[] bytes, int from, int to, int flush, ByteArrayOutputStream out) {
    deflater.setInput(bytes, from, to - from);
    int count;
    do {
      count = deflater.deflate(chunk, 0, chunk.length, flush);
      out.write(chunk, 0, count);
    } while (count == chunk.length);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
