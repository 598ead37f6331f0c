package dev.leantea.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A content coding (RFC 9110 §8.4.1). Any thread. */
sealed interface Coding permits GzipCoding, BrotliCoding, ZstdCoding {
  /** As {@code Content-Encoding} has it. */
  String name();

  /** Codes a body in memory. */
  byte[] encode(byte[] content) throws IOException;

  /**
   * A stream that codes. Its {@code flush} writes what it has, and flushes the other stream; its
   * {@code close} writes the end, frees its memory outside of the heap and closes the other stream.
   */
  OutputStream encode(OutputStream out) throws IOException;

  /** Those whose libraries are on the path; the one that compresses best for its time first. */
  static List<Coding> available() {
    var available = new ArrayList<Coding>();
    if (isOnPath("com.github.luben.zstd.Zstd")) {
      available.add(new ZstdCoding());
    }
    if (isOnPath("com.aayushatharva.brotli4j.Brotli4jLoader") && BrotliCoding.isNativeThere()) {
      available.add(new BrotliCoding());
    }
    available.add(new GzipCoding());
    return List.copyOf(available);
  }

  private static boolean isOnPath(String name) {
    try {
      Class.forName(name, false, Coding.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError _) {
      return false;
    }
  }
}
