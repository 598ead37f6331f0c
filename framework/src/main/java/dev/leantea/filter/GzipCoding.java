package dev.leantea.filter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** RFC 1952, by the JDK. */
record GzipCoding() implements Coding {
  private static final int BUFFER_BYTES = 8 * 1024;

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public byte[] encode(byte[] content) throws IOException {
    var out = new ByteArrayOutputStream(content.length / 3);
    try (var gzip = new GZIPOutputStream(out, BUFFER_BYTES)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  @Override
  public OutputStream encode(OutputStream out) throws IOException {
    return new GZIPOutputStream(out, BUFFER_BYTES, true);
  }
}
