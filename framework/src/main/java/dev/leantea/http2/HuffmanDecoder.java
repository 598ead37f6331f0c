package dev.leantea.http2;

/**
 * Decodes Huffman-coded strings (RFC 7541 §5.2).
 *
 * <p>A code of up to {@value #TABLE_BITS} bits takes one look into a table, which is nearly all
 * there are in fields. A longer one is found by its length: codes of one length are consecutive.
 */
final class HuffmanDecoder {
  private static final int TABLE_BITS = 10;
  private static final int SYMBOL_BITS = 9;

  /** By the next bits: {@link #entry}, or 0 for a longer code. */
  private static final short[] TABLE = new short[1 << TABLE_BITS];

  /** By length: the first code. */
  private static final int[] FIRST_CODE = new int[Huffman.MAX_BITS + 1];

  /** By length: how many codes there are. */
  private static final int[] CODES = new int[Huffman.MAX_BITS + 1];

  /** By length: the position of the first code's symbol. */
  private static final int[] FIRST_SYMBOL = new int[Huffman.MAX_BITS + 1];

  /** In the order of their codes. */
  private static final short[] SYMBOLS = new short[Huffman.EOS + 1];

  static {
    int position = 0;
    for (int bits = Huffman.MIN_BITS; bits <= Huffman.MAX_BITS; bits++) {
      FIRST_SYMBOL[bits] = position;
      for (int symbol = 0; symbol <= Huffman.EOS; symbol++) {
        if (Huffman.bits(symbol) == bits) {
          SYMBOLS[position++] = (short) symbol;
          tabulate(symbol, bits);
        }
      }
      CODES[bits] = position - FIRST_SYMBOL[bits];
      FIRST_CODE[bits] =
          CODES[bits] == 0 ? Integer.MAX_VALUE : Huffman.code(SYMBOLS[FIRST_SYMBOL[bits]]);
    }
  }

  private HuffmanDecoder() {}

  /** A code's length and symbol: the symbol is in the low {@value #SYMBOL_BITS} bits. */
  private static int entry(int bits, int symbol) {
    return bits << SYMBOL_BITS | symbol;
  }

  private static void tabulate(int symbol, int bits) {
    int free = TABLE_BITS - bits;
    for (int i = 0; free >= 0 && i < 1 << free; i++) {
      TABLE[(Huffman.code(symbol) << free) + i] = (short) entry(bits, symbol);
    }
  }

  /** Maximum bytes that {@code bytes} bytes of code decode to. */
  static int maxLength(int bytes) {
    return (int) (bytes * 8L / Huffman.MIN_BITS);
  }

  /**
   * Decodes a string.
   *
   * @param target has room for {@link #maxLength}
   * @return the number of bytes written
   * @throws HpackException for EOS, and for padding of more than 7 bits or other than the beginning
   *     of EOS
   */
  static int decode(byte[] source, int from, int to, byte[] target) throws HpackException {
    long window = 0; // the next bits, from the top
    int count = 0; // how many
    int at = from;
    int written = 0;
    while (true) {
      while (count < 56 && at < to) {
        window |= (source[at++] & 0xFFL) << (56 - count);
        count += 8;
      }
      int entry = entry(window | -1L >>> count); // behind the end all bits are 1
      int bits = entry >> SYMBOL_BITS;
      if (bits > count) {
        requirePadding(window, count);
        return written;
      }
      target[written++] = symbol(entry);
      window <<= bits;
      count -= bits;
    }
  }

  private static int entry(long window) {
    int entry = TABLE[(int) (window >>> (Long.SIZE - TABLE_BITS))];
    return entry == 0 ? longEntry(window) : entry;
  }

  private static int longEntry(long window) {
    int bits = TABLE_BITS;
    int above;
    do {
      bits++;
      above = (int) (window >>> (Long.SIZE - bits)) - FIRST_CODE[bits];
    } while (above < 0 || above >= CODES[bits]);
    return entry(bits, SYMBOLS[FIRST_SYMBOL[bits] + above]);
  }

  private static byte symbol(int entry) throws HpackException {
    int symbol = entry & ((1 << SYMBOL_BITS) - 1);
    if (symbol == Huffman.EOS) {
      throw new HpackException("Huffman code: expected no EOS in a string (RFC 7541 §5.2)");
    }
    return (byte) symbol;
  }

  private static void requirePadding(long window, int count) throws HpackException {
    if (count >= 8 || (window >>> 1 | 1L << 63) >> (63 - count) != -1) {
      throw new HpackException(
          "Huffman code: expected padding of at most 7 bits that are all 1 (RFC 7541 §5.2)");
    }
  }
}
