package dev.leantea.http;

import dev.leantea.zerocopy.FileOutput;
import dev.leantea.zerocopy.OpenFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A part of a file, or all of it, as a body of known length.
 *
 * <pre>
 *  large, and written to the connection itself ─▶ the kernel sends the file
 *  small, or a filter stands between           ─▶ read and written, piece by piece
 * </pre>
 */
final class FileBody {
  private static final int CHUNK_OCTETS = 16 * 1024;

  /** A shorter body is copied: it goes out in one piece, and often in one packet with its head. */
  private static final int LEAST_SENT_AS_FILE_OCTETS = 256 * 1024;

  private FileBody() {}

  /** The file is opened when the body is written, and not for a HEAD. */
  static Body of(Path file, long from, long length) {
    return new Body.Stream(out -> write(file, from, length, out), OptionalLong.of(length));
  }

  private static void write(Path file, long from, long length, OutputStream out)
      throws IOException {
    if (length >= LEAST_SENT_AS_FILE_OCTETS
        && out instanceof FileOutput direct
        && OpenFile.supports(file)) {
      try (OpenFile open = OpenFile.of(file)) {
        direct.write(open, from, length);
      }
    } else {
      copy(file, from, length, out);
    }
  }

  private static void copy(Path file, long from, long length, OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      byte[] chunk = new byte[CHUNK_OCTETS];
      for (long left = length; left > 0; ) {
        int octets = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (octets < 0) {
          throw new EOFException(
              "%s: expected %d bytes, it ended %d earlier".formatted(file, length, left));
        }
        out.write(chunk, 0, octets);
        left -= octets;
      }
    }
  }
}
