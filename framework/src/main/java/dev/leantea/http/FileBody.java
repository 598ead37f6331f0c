package dev.leantea.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A part of a file, or all of it, as a body of known length. */
final class FileBody {
  private static final int CHUNK_OCTETS = 16 * 1024;

  private FileBody() {}

  /** The file is opened when the body is written, and not for a HEAD. */
  static Body of(Path file, long from, long length) {
    return new Body.Stream(out -> write(file, from, length, out), OptionalLong.of(length));
  }

  private static void write(Path file, long from, long length, OutputStream out)
      throws IOException {
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
