package dev.leantea.http2;

/** Encodes strings with the Huffman code (RFC 7541 §5.2). Characters are bytes (ISO 8859-1). */
final class HuffmanEncoder {
  /** By symbol: {@code code << 8 | bits}, so that one look gives both. */
  private static final long[] TABLE = new long[Huffman.EOS];

  static {
    for (int symbol = 0; symbol < Huffman.EOS; symbol++) {
      TABLE[symbol] = (long) Huffman.code(symbol) << 8 | Huffman.bits(symbol);
    }
  }

  private HuffmanEncoder() {}

  /** The number of bytes of the encoded text, with its padding. */
  static int length(String text, boolean lower) {
    long bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits += Huffman.bits(character(text, i, lower));
    }
    return (int) ((bits + 7) >> 3);
  }

  /**
   * Encodes a text.
   *
   * @param lower whether letters are encoded in lower case
   * @return the index after the last byte written
   */
  static int encode(String text, boolean lower, byte[] target, int at) {
    long window = 0; // the low bits are those that are not yet written
    int count = 0;
    int next = at;
    for (int i = 0; i < text.length(); i++) {
      long entry = TABLE[character(text, i, lower)];
      int bits = (int) (entry & 0xFF);
      window = window << bits | entry >>> 8;
      count += bits;
      while (count >= 8) {
        count -= 8;
        target[next++] = (byte) (window >>> count);
      }
    }
    if (count > 0) {
      target[next++] = (byte) (window << (8 - count) | 0xFF >>> count);
    }
    return next;
  }

  private static int character(String text, int i, boolean lower) {
    int c = text.charAt(i) & 0xFF;
    return lower ? FieldNames.lower(c) : c;
  }
}
