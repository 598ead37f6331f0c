package dev.leantea.filter;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** RFC 7932, by brotli4j. Loaded only where that is on the path. */
record BrotliCoding() implements Coding {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** About as fast as gzip, and smaller. */
  private static final Encoder.Parameters PARAMETERS = Encoder.Parameters.create(4);

  /** The native part is an artifact of its own for each platform. */
  static boolean isNativeThere() {
    if (!Brotli4jLoader.isAvailable()) {
      LOG.log(
          Level.WARNING,
          "brotli: expected brotli4j's native artifact for this platform, got none: responses are"
              + " not compressed with br; add com.aayushatharva.brotli4j:native-…",
          Brotli4jLoader.getUnavailabilityCause());
      return false;
    }
    return true;
  }

  @Override
  public String name() {
    return "br";
  }

  @Override
  public byte[] encode(byte[] content) throws IOException {
    return Encoder.compress(content, PARAMETERS);
  }

  @Override
  public OutputStream encode(OutputStream out) throws IOException {
    return new BrotliOutputStream(out, PARAMETERS) {
      @Override
      public void flush() throws IOException {
        super.flush(); // which does not flush what it writes to
        out.flush();
      }
    };
  }
}
