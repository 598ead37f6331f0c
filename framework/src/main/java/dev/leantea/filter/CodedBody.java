package dev.leantea.filter;

import dev.leantea.http.BodyWriter;
import dev.leantea.http.DrainSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Compresses bodies by a coding. */
final class CodedBody {
  private CodedBody() {}

  static byte[] compress(Coding coding, byte[] content) {
    try {
      return coding.encode(content);
    } catch (IOException e) {
      throw new UncheckedIOException(coding.name() + ": expected memory to take all", e);
    }
  }

  /** What the writer flushes reaches the client at once. */
  static BodyWriter compress(Coding coding, BodyWriter writer) {
    return out -> {
      var gate = new Gate(out);
      try (OutputStream coded = coding.encode(gate)) {
        try {
          writer.writeTo(new Stretches(coded, out));
        } catch (Throwable e) {
          gate.shut = true; // the client must see that the end is missing
          throw e;
        }
      }
      out.flush();
    };
  }

  /** Keeps the end of a coded stream back where its writer failed, and leaves the target open. */
  private static final class Gate extends OutputStream {
    private final OutputStream out;
    private boolean shut;

    Gate(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!shut) {
        out.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      if (!shut) {
        out.flush();
      }
    }
  }

  /**
   * Lets other threads run after each 16 KiB, which take well below a millisecond: the thread may
   * be carried by an event loop, and compresses without ever waiting.
   */
  private static final class Stretches extends OutputStream implements DrainSignal {
    private static final int STRETCH_BYTES = 16 * 1024;

    private final OutputStream coded;
    private final OutputStream response;

    /** Bytes written since other threads could run. */
    private int written;

    /**
     * @param response what the coded stream writes to
     */
    Stretches(OutputStream coded, OutputStream response) {
      this.coded = coded;
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
        coded.write(bytes, offset + done, count);
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
      coded.flush();
    }

    /** The body ends when the writer returns, and not before. */
    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
