package dev.leantea.exchange;

import dev.leantea.http.Body;
import dev.leantea.http.BodyWriter;
import dev.leantea.wire.OpenFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a file to a response: opened before the head is sent, so that a file that cannot be opened
 * is an error response.
 *
 * <pre>
 *  large, of the default file system ─▶ the wire sends the file
 *  small, or of an archive           ─▶ read and written, piece by piece
 * </pre>
 *
 * @param file what to write
 */
record FileWriter(Body.File file) implements BodyWriter {
  /** A shorter body is copied: it goes out in one piece, and often in one packet with its head. */
  private static final int MIN_SENT_AS_FILE_BYTES = 256 * 1024;

  @Override
  public void writeTo(OutputStream out) throws IOException {
    if (file.length() >= MIN_SENT_AS_FILE_BYTES
        && out instanceof ResponseStream direct
        && OpenFile.supports(file.path())) {
      try (OpenFile open = OpenFile.of(file.path())) {
        requireAll(open);
        direct.write(open, file.from(), file.length());
      }
    } else {
      file.writeTo(out);
    }
  }

  /** A file that was truncated, or has become a folder, is noticed before the head is sent. */
  private void requireAll(OpenFile open) throws IOException {
    long end = file.from() + file.length();
    if (open.endsBefore(end)) {
      throw new EOFException(file.path() + ": expected a file of at least " + end + " bytes");
    }
  }
}
