package dev.leantea.http2;

/**
 * The Huffman code of RFC 7541 appendix B. It is canonical: codes of one length are consecutive in
 * the order of their symbols, and follow on those of the shorter lengths. So the lengths are the
 * whole table.
 */
final class Huffman {
  static final int EOS = 256;

  static final int MIN_BITS = 5;
  static final int MAX_BITS = 30;

  /** Bits of each symbol's code, from 0 to EOS; {@code LxN} stands for N times L. */
  private static final String RUNS =
      """
      13 23 28x7 24 30 28x2 30 28x8 30 28x9 \
      6 10x2 12 13 6 8 11 10x2 8 11 8 6x3 5x3 6x7 7 8 15 6 12 10 \
      13 6 7x22 8 7 8 13 19 13 14 6 \
      15 5 6 5 6 5 6x3 5 7x2 6x3 5 6 7 6 5x2 6 7x5 15 11 14 13 28 \
      20 22 20x2 22x3 23 22 23x5 24 23 24x2 22 23 24 23x4 21 22 23 22 23x2 24 \
      22 21 20 22x2 23x2 21 23 22x2 24 21 22 23x2 21x2 22 21 23 22 23x2 20 22x3 23 22x2 23 \
      26x2 20 19 22 23 22 25 26x3 27x2 26 24 25 19 21 26 27x2 26 27 24 21x2 26x2 28 27x3 20 24 20 \
      21 22 21x2 23 22x2 25x2 24x2 26 23 26 27 26x2 27x5 28 27x5 26 \
      30""";

  private static final byte[] BITS = new byte[EOS + 1];
  private static final int[] CODES = new int[EOS + 1];

  static {
    int symbol = 0;
    for (String run : RUNS.split(" ", -1)) {
      String[] parts = run.split("x", -1);
      int count = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
      for (int i = 0; i < count; i++) {
        BITS[symbol++] = Byte.parseByte(parts[0]);
      }
    }
    int code = 0;
    for (int bits = MIN_BITS; bits <= MAX_BITS; bits++) {
      for (int i = 0; i <= EOS; i++) {
        if (BITS[i] == bits) {
          CODES[i] = code++;
        }
      }
      code <<= 1;
    }
  }

  private Huffman() {}

  /** The number of bits of a symbol's code. */
  static int bits(int symbol) {
    return BITS[symbol];
  }

  /** A symbol's code, in the low bits. */
  static int code(int symbol) {
    return CODES[symbol];
  }
}
