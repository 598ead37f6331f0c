package dev.leantea.http2;

import dev.leantea.http.Headers;

/**
 * Encodes field blocks (RFC 7541 §6). One for each connection; blocks are sent in the order in
 * which they are encoded, whole.
 *
 * <pre>
 *  begin(array, at) ─▶ status? ─▶ (field | contentLength | fields)* ─▶ end: the index after it
 * </pre>
 *
 * <p>A field is added to the dynamic table when it is sent a second time: then it is likely to come
 * again, and values that are different in each response do not evict those that repeat. Set-Cookie
 * and authorizations are never indexed (RFC 7541 §7.1.3). Huffman code is used where it is shorter.
 *
 * <p>Writes without checks what {@link Headers} has checked. One owner thread.
 */
final class HpackEncoder {
  /** Maximum bytes of the dynamic table, if the peer allows it. */
  static final int MAX_TABLE_BYTES = 4096;

  /** Maximum bytes of size updates, {@code :status}, {@code date} and {@code content-length}. */
  static final int MAX_OWN_BYTES = 96;

  /** Maximum bytes of a field beyond its name and value: the representation, two lengths. */
  private static final int MAX_FIELD_OVERHEAD = 12;

  /** The first bits of each representation (RFC 7541 §6). */
  private static final int INDEXED = 0x80;

  private static final int ADDED = 0x40;
  private static final int SIZE_UPDATE = 0x20;
  private static final int NEVER_INDEXED = 0x10;
  private static final int NOT_INDEXED = 0x00;

  private static final int HUFFMAN = 0x80;
  private static final byte[] EMPTY = {};

  private static final int CONTENT_LENGTH = FieldNames.of("content-length").staticIndex;
  private static final String[] STATUS = new String[600];

  /** The static table's index of a status; {@link StaticTable#ABSENT} if it has none. */
  private static final byte[] STATUS_INDEX = new byte[STATUS.length];

  static {
    for (int status = 100; status < STATUS.length; status++) {
      STATUS[status] = Integer.toString(status);
      STATUS_INDEX[status] = (byte) StaticTable.indexOf(FieldNames.of(":status"), STATUS[status]);
    }
  }

  private final EncoderTable table = new EncoderTable(MAX_TABLE_BYTES);

  /** Hashes of fields that were sent as literals, to notice those that are sent again. */
  private final int[] seen = new int[32];

  /** The smallest table since the last block, and whether the size changed since then. */
  private int minTableBytes = MAX_TABLE_BYTES;

  private boolean resized;

  private byte[] array = EMPTY;
  private int at;

  /**
   * Changes the table's size, as the peer's SETTINGS_HEADER_TABLE_SIZE says; the next block begins
   * with the update (RFC 7541 §4.2).
   */
  void tableSetting(long bytes) {
    int max = (int) Math.min(bytes, MAX_TABLE_BYTES);
    if (max != table.maxBytes()) {
      minTableBytes = resized ? Math.min(minTableBytes, max) : max;
      resized = true;
      table.resize(max);
    }
  }

  /** Maximum bytes of a block with these lines and those that the framework adds. */
  static int bound(Headers headers) {
    int bound = MAX_OWN_BYTES;
    for (int i = 0, size = headers.size(); i < size; i++) {
      bound += bound(headers.name(i), headers.value(i));
    }
    return bound;
  }

  /** Maximum bytes of a field. */
  static int bound(String name, String value) {
    return name.length() + value.length() + MAX_FIELD_OVERHEAD;
  }

  /** Begins a block at an index of an array, which has room for {@link #bound}. */
  void begin(byte[] array, int at) {
    this.array = array;
    this.at = at;
    if (resized) {
      if (minTableBytes < table.maxBytes()) {
        integer(SIZE_UPDATE, 5, minTableBytes);
      }
      integer(SIZE_UPDATE, 5, table.maxBytes());
      resized = false;
    }
  }

  /** Ends the block, and returns the index after its last byte. */
  int end() {
    array = EMPTY;
    return at;
  }

  /** The status of a response: 100 to 599. */
  void status(int status) {
    int index = STATUS_INDEX[status];
    if (index == StaticTable.ABSENT) {
      field(":status", STATUS[status]);
    } else {
      integer(INDEXED, 7, index);
    }
  }

  /** The length of a body in bytes. */
  void contentLength(long length) {
    integer(NOT_INDEXED, 4, CONTENT_LENGTH);
    int digits = 1;
    for (long rest = length; rest >= 10; rest /= 10) {
      digits++;
    }
    array[at] = (byte) digits; // without Huffman code, which saves a byte of four digits or more
    at += digits + 1;
    long rest = length;
    for (int i = at - 1; i >= at - digits; i--) {
      array[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** All lines in order, without connection-specific ones (RFC 9113 §8.2.2). */
  void fields(Headers headers) {
    for (int i = 0, size = headers.size(); i < size; i++) {
      field(headers.name(i), headers.value(i));
    }
  }

  /**
   * One field, unless it is connection-specific.
   *
   * @param name in any case; it is sent in lower case
   */
  void field(String name, String value) {
    int hash = EncoderTable.hash(name, value);
    int index = table.indexOf(hash, name, value);
    if (index != EncoderTable.ABSENT) {
      integer(INDEXED, 7, index);
      return;
    }
    FieldName known = FieldNames.known(name);
    if (known == null) {
      literal(repeats(hash, name, value), 0, name, value);
    } else if (known.secret) {
      literal(NEVER_INDEXED, known.staticIndex, name, value);
    } else if (known.kind != FieldName.Kind.CONNECTION_SPECIFIC) {
      known(known, hash, name, value);
    }
  }

  private void known(FieldName known, int hash, String name, String value) {
    int index = StaticTable.indexOf(known, value);
    if (index != StaticTable.ABSENT) {
      integer(INDEXED, 7, index);
    } else {
      literal(repeats(hash, name, value), known.staticIndex, name, value);
    }
  }

  /** The representation of a literal: adds it to the table if it was sent before. */
  private int repeats(int hash, String name, String value) {
    int slot = hash & (seen.length - 1);
    if (seen[slot] != hash) {
      seen[slot] = hash;
      return NOT_INDEXED;
    }
    if (EncoderTable.size(name, value) > table.maxBytes()) {
      return NOT_INDEXED;
    }
    table.add(hash, name, value);
    return ADDED;
  }

  private void literal(int representation, int nameIndex, String name, String value) {
    integer(representation, representation == ADDED ? 6 : 4, nameIndex);
    if (nameIndex == 0) {
      string(name, true);
    }
    string(value, false);
  }

  /** RFC 7541 §5.2. */
  private void string(String text, boolean lower) {
    int length = HuffmanEncoder.length(text, lower);
    if (length < text.length()) {
      integer(HUFFMAN, 7, length);
      at = HuffmanEncoder.encode(text, lower, array, at);
    } else {
      integer(0, 7, text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        array[at++] = (byte) (lower ? FieldNames.lower(c) : c);
      }
    }
  }

  /** RFC 7541 §5.1. */
  private void integer(int first, int prefixBits, int value) {
    int mask = (1 << prefixBits) - 1;
    if (value < mask) {
      array[at++] = (byte) (first | value);
      return;
    }
    array[at++] = (byte) (first | mask);
    int rest = value - mask;
    while (rest >= 0x80) {
      array[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[at++] = (byte) rest;
  }
}
