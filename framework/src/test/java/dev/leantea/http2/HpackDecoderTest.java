package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HpackDecoderTest {
  private static final String ADD_A_B = "40 01 61 01 62"; // a: b, added to the table; 34 bytes

  private final HpackDecoder decoder = Blocks.decoder(4096);

  private List<String> decode(String block) throws HpackException {
    return Blocks.decode(decoder, Blocks.hex(block));
  }

  private HpackField field(String block) throws HpackException {
    byte[] bytes = Blocks.hex(block);
    var fields = new ArrayList<HpackField>();
    decoder.decode(bytes, 0, bytes.length, fields::add);
    assertThat(fields).hasSize(1);
    return fields.getFirst();
  }

  private void assertRefused(String block, String reason) {
    assertThatThrownBy(() -> decode(block))
        .isInstanceOf(HpackException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void staticTable_hasAllEntries() throws HpackException {
    assertThat(decode("81 82 8f 90"))
        .containsExactly(
            ":authority: ", ":method: GET", "accept-charset: ", "accept-encoding: gzip, deflate");
    assertThat(decode("bd")).containsExactly("www-authenticate: ");
  }

  @ParameterizedTest
  @CsvSource({
    "80, expected 1 to 61; got 0",
    "be, expected 1 to 61; got 62",
    "ff00, got 127",
    "ff80ffffff07, got 2147483647",
    "7f00 0161, got 63",
    "0f30 0161, got 63",
    "1f2f 0161, got 62",
  })
  void index_beyondTheTables(String block, String reason) {
    assertRefused(block, reason.replace(';', ','));
  }

  @Test
  void index_ofAnEntryThatWasEvicted() throws HpackException {
    decode(ADD_A_B + "be");
    assertRefused("20 be", "got 62"); // a size of 0 evicts all
  }

  @Test
  void index_afterTheTableShrankAndGrew() throws HpackException {
    decode(ADD_A_B);
    assertRefused("20 3f e1 1f be", "got 62");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff 80 80 80 80 80 00", // six bytes, though the value is small
        "ff 81 ff ff ff 07", // 2^31
        "ff 81 ff ff ff 0f", // 2^32: is 0 in 32 bits, so 128 would be 127
        "ff ff ff ff ff 7f",
        "ff ff ff ff ff ff ff ff ff ff 01",
        "00 7f ff ff ff ff ff 01", // a length
        "3f ff ff ff ff ff 01", // a size update
      })
  void integer_tooLarge(String block) {
    assertRefused(block, "integer: expected at most 5 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff", "ff 80", "40", "40 01", "40 01 61", "40 01 61 01", "40 01 61 02 62", "00 82 ff",
        "04", "04 85 60", "3f", "3f e1", "0f", "1f 80", "00 7f 80 80 80 80 01", "41 8c f1 e3 c2",
      })
  void block_thatEndsTooEarly(String block) {
    assertRefused(block, "expected more bytes");
  }

  @Test
  void empty_block() throws HpackException {
    assertThat(decode("")).isEmpty();
  }

  @Test
  void sizeUpdate_withinABlock() {
    assertRefused("82 20", "expected at the beginning");
    assertRefused(ADD_A_B + "3f e1 1f", "expected at the beginning");
  }

  @Test
  void sizeUpdate_beyondOurSetting() throws HpackException {
    assertThat(decode("3f e1 1f 82")).containsExactly(":method: GET"); // 4096
    assertRefused("3f e2 1f", "expected at most 4096, got 4097");
  }

  @Test
  void sizeUpdates_smallestAndLast_evict() throws HpackException {
    decode(ADD_A_B + ADD_A_B + "40 01 63 01 64");
    assertThat(decode("3f 03 82")).containsExactly(":method: GET"); // 34: one is left
    assertThat(decode("be")).containsExactly("c: d");
    assertRefused("bf", "expected 1 to 62, got 63");
  }

  @Test
  void fieldLargerThanTheTable_emptiesIt() throws HpackException {
    decode("3f 09" + ADD_A_B); // a table of 40 bytes
    assertThat(decode("40 05 61 61 61 61 61 05 62 62 62 62 62"))
        .containsExactly("aaaaa: bbbbb"); // 42 bytes
    assertThat(decoder.table().count()).isZero();
    assertRefused("be", "got 62");
  }

  /** RFC 7541 §4.4: the name is taken before entries are evicted. */
  @Test
  void nameOfAnEntry_thatItsOwnFieldEvicts() throws HpackException {
    decode("3f 09" + ADD_A_B);
    assertThat(decode("7e 01 63")).containsExactly("a: c"); // name of index 62
    assertThat(decode("be")).containsExactly("a: c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 01 61 82 1f ff", // a, then 11 ones: more than 7 bits of padding
        "00 01 61 81 ff", // 8 ones alone
        "00 01 61 84 ff ff ff ff", // EOS and 2 ones
        "00 01 61 84 ff ff ff fc", // EOS and padding of zeros
        "00 01 61 85 1f ff ff ff ff", // a, EOS
        "00 01 61 81 18", // a, then zeros
        "00 01 61 81 1e", // a, then ones and a zero
        "00 81 fe 01 61", // a name
        "00 01 61 83 ff ff ff", // the beginning of a long code
      })
  void huffmanCode_withBadPaddingOrEos(String block) {
    assertRefused(block, "Huffman code");
  }

  @Test
  void huffmanCode_withPadding() throws HpackException {
    assertThat(decode("00 01 61 81 1f")).containsExactly("a: a"); // 3 ones
    assertThat(decode("00 01 61 81 fc")).hasSize(1); // X: 8 bits, no padding
    assertThat(decode("00 01 61 80")).containsExactly("a: ");
    assertThat(decode("00 01 61 82 fe 3f")).containsExactly("a: !"); // 10 bits, 6 ones
  }

  @Test
  void field_ofATable_isTheSameObject() throws HpackException {
    assertThat(field("82")).isSameAs(field("82"));
    HpackField added = field(ADD_A_B);
    assertThat(field("be")).isSameAs(added);
    assertThat(field("04 02 2f 61").name).isSameAs(field("84").name); // a literal with that name
    assertThat(field("00 05 3a 70 61 74 68 01 2f").name).isSameAs(field("84").name);
    assertThat(field("00 02 74 65 00").name.kind).isEqualTo(FieldName.Kind.TE);
  }

  @ParameterizedTest
  @CsvSource({
    "61, REGULAR",
    "412d62, INVALID",
    "612042, INVALID",
    "61ff, INVALID",
    "6100, INVALID",
    "3a78, UNKNOWN_PSEUDO",
    "3a, UNKNOWN_PSEUDO",
    "613a, INVALID",
    "3a737461747573, UNKNOWN_PSEUDO",
    "3a6d6574686f64, METHOD",
    "3a4d4554484f44, UNKNOWN_PSEUDO",
    "486f7374, INVALID",
    "686f7374, HOST",
    "7570677261646500, INVALID",
    "75706772616465, CONNECTION_SPECIFIC",
  })
  void name_isClassified(String name, FieldName.Kind kind) throws HpackException {
    String length = "%02x".formatted(name.length() / 2);
    assertThat(field("00" + length + name + "00").name.kind).isEqualTo(kind);
  }

  @Test
  void emptyName_isInvalid() throws HpackException {
    assertThat(field("00 00 00").name.kind).isEqualTo(FieldName.Kind.INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "61, true",
    "610962, true",
    "612062, true",
    "80ff, true",
    "610d62, false",
    "610a62, false",
    "610062, false",
    "611f62, false",
    "617f62, false",
    "2061, false",
    "6120, false",
    "0961, false",
    "20, false",
    "09, false",
  })
  void value_isChecked(String value, boolean valid) throws HpackException {
    String length = "%02x".formatted(value.length() / 2);
    assertThat(field("00 01 61" + length + value).validValue).isEqualTo(valid);
  }

  @Test
  void listBeyondItsLimit_isReported_andTheTableStaysInStep() throws HpackException {
    var small = new HpackDecoder(4096, 100);
    byte[] block = Blocks.hex("82" + ADD_A_B + ADD_A_B + "40 01 63 01 64"); // 42, 34, 34, 34
    var fields = new ArrayList<String>();
    assertThat(small.decode(block, 0, block.length, it -> fields.add(it.toString()))).isFalse();
    assertThat(fields).containsExactly(":method: GET", "a: b");
    assertThat(Blocks.decode(small, Blocks.hex("be bf"))).containsExactly("c: d", "a: b");
  }

  @Test
  void listOfExactlyItsLimit_isWhole() throws HpackException {
    var small = new HpackDecoder(4096, 42);
    byte[] block = Blocks.hex("82");
    assertThat(small.decode(block, 0, 1, it -> {})).isTrue();
    assertThat(new HpackDecoder(4096, 41).decode(block, 0, 1, it -> {})).isFalse();
  }

  /** A large entry that is referred to many times: a few bytes each, and no memory. */
  @Test
  void hpackBomb_keepsOneCopy_andReportsTheList() throws HpackException {
    var limited = new HpackDecoder(4096, 65_536);
    String large = "40 01 61 7f a1 1e" + "62".repeat(4000); // an entry of 4033 bytes
    byte[] block = Blocks.hex(large + "be".repeat(16_000));
    var fields = new ArrayList<HpackField>();
    assertThat(limited.decode(block, 0, block.length, fields::add)).isFalse();
    assertThat(fields).hasSize(16).containsOnly(fields.getFirst());
  }
}
