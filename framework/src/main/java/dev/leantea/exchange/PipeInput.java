package dev.leantea.exchange;

import dev.leantea.exchange.Pipe.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The reading end of a {@link Pipe} as a stream. One reading thread. */
final class PipeInput extends InputStream {
  /** Gives the next piece, null at the end; waits for it. */
  interface Pieces {
    @Nullable Piece take() throws IOException;
  }

  private final Pieces pieces;
  private Piece piece = new Piece(0);
  private int at;

  PipeInput(Pieces pieces) {
    this.pieces = pieces;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (at == piece.size) {
      Piece next = pieces.take();
      if (next == null) {
        return -1;
      }
      piece = next;
      at = 0;
    }
    int count = Math.min(length, piece.size - at);
    System.arraycopy(piece.bytes, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return piece.size - at;
  }
}
