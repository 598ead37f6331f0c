package dev.leantea.conformance;

import java.io.IOException;
import java.io.InputStream;

/** The content of a chunked body, as it comes. */
final class ChunkStream extends InputStream {
  private final ReplyReader in;
  private int left;
  private boolean begun;
  private boolean ended;

  ChunkStream(ReplyReader in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      beginChunk();
    }
    if (ended) {
      return -1;
    }
    int bytes = in.readSome(target, offset, Math.min(length, left));
    if (bytes < 0) {
      throw new IOException("expected " + left + " bytes of a chunk, the connection ended");
    }
    left -= bytes;
    return bytes;
  }

  private void beginChunk() throws IOException {
    if (begun && !in.readLine().isEmpty()) {
      throw new AssertionError("expected CRLF behind a chunk");
    }
    begun = true;
    left = Integer.parseInt(in.readLine(), 16);
    ended = left == 0;
  }
}
