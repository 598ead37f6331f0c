package dev.leantea.filter;

import dev.leantea.http.BodyWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Compresses bodies (RFC 1952). */
final class GzipBody {
  private static final int BUFFER_OCTETS = 8 * 1024;

  private GzipBody() {}

  static byte[] compress(byte[] content) {
    var out = new ByteArrayOutputStream(content.length / 3);
    try (var gzip = new GZIPOutputStream(out, BUFFER_OCTETS)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip: expected memory to take all", e);
    }
    return out.toByteArray();
  }

  /** Each flush of the writer's reaches the client. */
  static BodyWriter compress(BodyWriter writer) {
    return out -> {
      var gzip = new Stream(out);
      try {
        writer.writeTo(gzip);
        gzip.finish(); // not where the writer throws: the client must see that the end is missing
        gzip.flush();
      } finally {
        gzip.free();
      }
    };
  }

  private static final class Stream extends GZIPOutputStream {
    Stream(OutputStream out) throws IOException {
      super(out, BUFFER_OCTETS, true);
    }

    /** The body ends when the writer returns, and not before. */
    @Override
    public void close() throws IOException {
      flush();
    }

    /** Gives back what the deflater holds outside of the heap. */
    void free() {
      def.end();
    }
  }
}
