package dev.leantea.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;

/** Copies a part of a file, piece by piece. */
final class FileBody {
  private static final int PIECE_BYTES = 16 * 1024;

  private FileBody() {}

  static void copy(Body.File file, OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(file.path())) {
      in.skipNBytes(file.from());
      byte[] piece = new byte[PIECE_BYTES];
      for (long left = file.length(); left > 0; ) {
        int count = in.read(piece, 0, (int) Math.min(piece.length, left));
        if (count < 0) {
          throw new EOFException(
              file.path()
                  + ": expected "
                  + file.length()
                  + " bytes, it ended "
                  + left
                  + " earlier");
        }
        out.write(piece, 0, count);
        left -= count;
      }
    }
  }
}
