package dev.leantea.filter;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** RFC 8878, by zstd-jni. Loaded only where that is on the path. */
record ZstdCoding() implements Coding {
  /** Its window is 2 MiB; a client may refuse one above 8 MiB (RFC 9659 §3). */
  private static final int LEVEL = 3;

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public byte[] encode(byte[] content) {
    return Zstd.compress(content, LEVEL);
  }

  @Override
  public OutputStream encode(OutputStream out) throws IOException {
    return new ZstdOutputStream(out, LEVEL);
  }
}
