package dev.leantea.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a response carries. */
public sealed interface Body {
  /** Nothing; the response says {@code Content-Length: 0}. */
  Body EMPTY = new Bytes(new byte[0]);

  /**
   * A body in memory. The array is not copied: do not change it afterwards.
   *
   * @param content the bytes to send
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // compared by nobody, and copied by nobody: the hot path
  record Bytes(byte[] content) implements Body {}

  /**
   * A body that is written while it is sent: chunked in HTTP/1.1, delimited by the connection's end
   * in HTTP/1.0, exact when the length is given.
   *
   * @param writer called on a virtual thread
   * @param length the number of bytes the writer will write, or empty
   */
  record Stream(BodyWriter writer, OptionalLong length) implements Body {}

  /**
   * A part of a file, or all of it. The file is opened before the head is sent, and not for HEAD; a
   * large one is sent by the operating system where that is possible.
   *
   * @param path of the file
   * @param from the first byte's index
   * @param length in bytes; where the file turns out to be shorter the connection is aborted
   */
  record File(Path path, long from, long length) implements Body {
    public File {
      if (from < 0 || length < 0) {
        throw new IllegalArgumentException(
            "file: expected a start and a length of 0 or more, got " + from + " and " + length);
      }
    }

    /**
     * Writes a copy of the part, for filters that change the content.
     *
     * @throws IOException when the file cannot be read or is shorter, or the target fails
     */
    public void writeTo(OutputStream out) throws IOException {
      FileBody.copy(this, out);
    }
  }

  /**
   * No body: the connection leaves HTTP and speaks another protocol (RFC 9110 §7.8).
   *
   * @param protocol a name for the {@code Upgrade} field, such as {@code websocket}
   * @param handler called on a virtual thread, after the response's head was handed over
   */
  record Upgrade(String protocol, UpgradeHandler handler) implements Body {
    public Upgrade {
      Headers.requireName(protocol);
    }
  }
}
