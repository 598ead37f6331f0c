package dev.leantea.http2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The decoder of field blocks for tests in other packages. One thread. */
public final class FieldBlocks {
  private static final int MAX_LIST_BYTES = 1024 * 1024;

  private final HpackDecoder decoder =
      new HpackDecoder(HpackDecoder.DEFAULT_TABLE_BYTES, MAX_LIST_BYTES);

  /** The fields of a block, names in lower case. */
  public List<Map.Entry<String, String>> decode(byte[] block) throws IOException {
    var fields = new ArrayList<Map.Entry<String, String>>();
    decoder.decode(
        block, 0, block.length, field -> fields.add(Map.entry(field.name.text, field.value)));
    return fields;
  }
}
