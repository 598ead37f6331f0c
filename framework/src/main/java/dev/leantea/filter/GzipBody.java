package dev.leantea.filter;

import dev.leantea.http.BodyWriter;
import dev.leantea.http.DrainSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Compresses bodies (RFC 1952). */
final class GzipBody {
  private static final int BUFFER_BYTES = 8 * 1024;

  private GzipBody() {}

  static byte[] compress(byte[] content) {
    var out = new ByteArrayOutputStream(content.length / 3);
    try (var gzip = new GZIPOutputStream(out, BUFFER_BYTES)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip: expected memory to take all", e);
    }
    return out.toByteArray();
  }

  /** What the writer flushes reaches the client at once. */
  static BodyWriter compress(BodyWriter writer) {
    return out -> {
      var gzip = new Gzip(out);
      try {
        writer.writeTo(new Stretches(gzip, out));
        gzip.finish(); // not where the writer throws: the client must see that the end is missing
        gzip.flush();
      } finally {
        gzip.free();
      }
    };
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES, true);
    }

    /** Releases the memory that the deflater holds outside of the heap. */
    void free() {
      def.end();
    }
  }

  /**
   * Lets other threads run after each 16 KiB, which take well below a millisecond: the thread may
   * be carried by an event loop, and compresses without ever waiting.
   */
  private static final class Stretches extends OutputStream implements DrainSignal {
    private static final int STRETCH_BYTES = 16 * 1024;

    private final OutputStream gzip;
    private final OutputStream response;

    /** Bytes written since other threads could run. */
    private int written;

    /**
     * @param response what the gzip stream writes to
     */
    Stretches(OutputStream gzip, OutputStream response) {
      this.gzip = gzip;
      this.response = response;
    }

    @Override
    public void onDrain(Runnable action) {
      if (response instanceof DrainSignal signal) {
        signal.onDrain(action);
      }
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // the yield is the point
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        int count = Math.min(STRETCH_BYTES - written, length - done);
        gzip.write(bytes, offset + done, count);
        done += count;
        written += count;
        if (written == STRETCH_BYTES) {
          written = 0;
          Thread.yield();
        }
      }
    }

    @Override
    public void flush() throws IOException {
      gzip.flush();
    }

    /** The body ends when the writer returns, and not before. */
    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
