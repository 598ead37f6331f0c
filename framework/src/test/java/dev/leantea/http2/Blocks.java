package dev.leantea.http2;

import dev.leantea.http.Headers.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Encodes and decodes field blocks as lists of fields. */
final class Blocks {
  private static final int MAX_LIST_BYTES = 1 << 20;

  /** Bytes before each block in its array, which nobody may read. */
  private static final int OFFSET = 7;

  private Blocks() {}

  static HpackDecoder decoder(int maxTableBytes) {
    return new HpackDecoder(maxTableBytes, MAX_LIST_BYTES);
  }

  /** Bytes from hexadecimal digits with spaces. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The fields of a block, each as {@code name: value}. */
  static List<String> decode(HpackDecoder decoder, byte[] block) throws HpackException {
    byte[] array = new byte[block.length + 2 * OFFSET];
    Arrays.fill(array, (byte) 0xFF);
    System.arraycopy(block, 0, array, OFFSET, block.length);
    var fields = new ArrayList<String>();
    decoder.decode(array, OFFSET, OFFSET + block.length, field -> fields.add(field.toString()));
    return fields;
  }

  /** A block of these fields. */
  static byte[] encode(HpackEncoder encoder, List<Field> fields) {
    int bound = HpackEncoder.MAX_OWN_BYTES;
    for (Field field : fields) {
      bound += HpackEncoder.bound(field.name(), field.value());
    }
    byte[] array = new byte[OFFSET + bound];
    encoder.begin(array, OFFSET);
    fields.forEach(field -> encoder.field(field.name(), field.value()));
    return Arrays.copyOfRange(array, OFFSET, encoder.end());
  }
}
