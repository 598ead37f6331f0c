package dev.leantea.http2;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Decodes field blocks (RFC 7541 §3, §6). One for each connection; blocks in the order in which
 * they arrive.
 *
 * <pre>
 *  block ─▶ size updates* ─▶ (indexed | literal, added to the table | literal)* ─▶ end
 *                               └──────── HpackField ──▶ sink ───────┘
 * </pre>
 *
 * <p>Says nothing of what a field means: whether a name or value is malformed is noted in the
 * field, for the stream to be reset and not the connection. One owner thread.
 */
final class HpackDecoder {
  /** RFC 9113 §6.5.2: SETTINGS_HEADER_TABLE_SIZE unless it is set. */
  static final int DEFAULT_TABLE_BYTES = 4096;

  /** Strings that were Huffman-coded up to this size are decoded into memory that is kept. */
  private static final int MAX_KEPT_BYTES = 1024;

  private static final byte[] EMPTY = {};

  private final DynamicTable table;
  private final int maxTableBytes;
  private final int maxListBytes;

  private byte[] block = EMPTY;
  private int at;
  private int end;
  private long listBytes;

  /** The string that was read last: a range of the block, or of {@code scratch}. */
  private byte[] text = EMPTY;

  private int textFrom;
  private int textTo;
  private byte[] scratch = EMPTY;

  /**
   * A decoder with an empty table.
   *
   * @param maxTableBytes our SETTINGS_HEADER_TABLE_SIZE, at least {@value #DEFAULT_TABLE_BYTES}
   * @param maxListBytes our SETTINGS_MAX_HEADER_LIST_SIZE: the sum of {@link HpackField#size}
   */
  HpackDecoder(int maxTableBytes, int maxListBytes) {
    this.table = new DynamicTable(maxTableBytes);
    this.maxTableBytes = maxTableBytes;
    this.maxListBytes = maxListBytes;
  }

  /**
   * Decodes a whole block: the fragments of a HEADERS frame and its CONTINUATION frames in one
   * range.
   *
   * @param sink receives the fields in order, up to the maximum size of the list; the fields beyond
   *     are decoded, so that the table stays in step, and discarded
   * @return whether the list is within its maximum size
   * @throws HpackException when the block is malformed: the connection cannot go on
   */
  boolean decode(byte[] block, int from, int to, Consumer<? super HpackField> sink)
      throws HpackException {
    this.block = block;
    at = from;
    end = to;
    listBytes = 0;
    sizeUpdates();
    while (at < end) {
      HpackField field = field();
      listBytes += field.size();
      if (listBytes <= maxListBytes) {
        sink.accept(field);
      }
    }
    release();
    return listBytes <= maxListBytes;
  }

  DynamicTable table() {
    return table;
  }

  private void release() {
    block = EMPTY;
    text = EMPTY;
    if (scratch.length > MAX_KEPT_BYTES) {
      scratch = EMPTY;
    }
  }

  /** RFC 7541 §4.2, §6.3: at the beginning of a block. */
  private void sizeUpdates() throws HpackException {
    while (at < end && (block[at] & 0xE0) == 0x20) {
      int bytes = integer(5);
      if (bytes > maxTableBytes) {
        throw new HpackException(
            "dynamic table size update: expected at most " + maxTableBytes + ", got " + bytes);
      }
      table.resize(bytes);
    }
  }

  private HpackField field() throws HpackException {
    int first = block[at];
    if (first < 0) {
      return indexed(integer(7)); // 1xxxxxxx: RFC 7541 §6.1
    }
    if (first >= 0x40) {
      HpackField field = literal(6); // 01xxxxxx: §6.2.1
      table.add(field);
      return field;
    }
    if (first >= 0x20) {
      throw new HpackException(
          "dynamic table size update: expected at the beginning of a block, got within it");
    }
    return literal(4); // 0000xxxx without indexing, 0001xxxx never indexed: §6.2.2, §6.2.3
  }

  private HpackField indexed(int index) throws HpackException {
    if (index == 0 || index > StaticTable.SIZE + table.count()) {
      throw new HpackException(
          "index: expected 1 to " + (StaticTable.SIZE + table.count()) + ", got " + index);
    }
    return index <= StaticTable.SIZE
        ? StaticTable.field(index)
        : table.newest(index - StaticTable.SIZE - 1);
  }

  private HpackField literal(int prefixBits) throws HpackException {
    int index = integer(prefixBits);
    FieldName name;
    if (index == 0) {
      string();
      name = FieldNames.of(text, textFrom, textTo);
    } else {
      name = indexed(index).name;
    }
    string();
    boolean valid = FieldBytes.isValue(text, textFrom, textTo);
    String value = new String(text, textFrom, textTo - textFrom, StandardCharsets.ISO_8859_1);
    return new HpackField(name, value, valid);
  }

  /** RFC 7541 §5.2. */
  private void string() throws HpackException {
    boolean huffman = at < end && block[at] < 0;
    int length = integer(7);
    if (length > end - at) {
      throw truncated();
    }
    if (huffman) {
      int max = HuffmanDecoder.maxLength(length);
      if (scratch.length < max) {
        scratch = new byte[max];
      }
      text = scratch;
      textFrom = 0;
      textTo = HuffmanDecoder.decode(block, at, at + length, scratch);
    } else {
      text = block;
      textFrom = at;
      textTo = at + length;
    }
    at += length;
  }

  /** RFC 7541 §5.1. Refuses what does not fit in 31 bits, and more than five bytes of it. */
  private int integer(int prefixBits) throws HpackException {
    if (at == end) {
      throw truncated();
    }
    int mask = (1 << prefixBits) - 1;
    int prefix = block[at++] & mask;
    return prefix < mask ? prefix : longInteger(mask);
  }

  private int longInteger(int prefix) throws HpackException {
    long value = prefix;
    for (int shift = 0; shift < 35; shift += 7) {
      if (at == end) {
        throw truncated();
      }
      int b = block[at++];
      value += (long) (b & 0x7F) << shift;
      if (b >= 0) {
        if (value > Integer.MAX_VALUE) {
          break;
        }
        return (int) value;
      }
    }
    throw new HpackException("integer: expected at most 5 bytes that hold at most 2147483647");
  }

  private static HpackException truncated() {
    return new HpackException("field block: expected more bytes, got its end");
  }
}
