package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Headers;
import dev.leantea.http.Headers.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpackEncoderTest {
  private static final Field JSON = new Field("Content-Type", "application/json");

  private final HpackEncoder encoder = new HpackEncoder();
  private final HpackDecoder decoder = Blocks.decoder(4096);

  private String encode(Field... fields) {
    return Blocks.hex(Blocks.encode(encoder, List.of(fields)));
  }

  private List<String> decoded(Field... fields) throws HpackException {
    return Blocks.decode(decoder, Blocks.encode(encoder, List.of(fields)));
  }

  /** Both from :status and from its bytes. */
  private String status(int status) {
    byte[] array = new byte[HpackEncoder.MAX_OWN_BYTES];
    encoder.begin(array, 0);
    encoder.status(status);
    return Blocks.hex(Arrays.copyOf(array, encoder.end()));
  }

  @Test
  void fieldOfTheStaticTable_isOneByte() {
    assertThat(status(200)).isEqualTo("88");
    assertThat(status(404)).isEqualTo("8d");
    assertThat(encode(new Field("Accept-Encoding", "gzip, deflate"))).isEqualTo("90");
  }

  @Test
  void name_isSentInLowerCase() throws HpackException {
    assertThat(decoded(new Field("X-Custom-ID", "A"))).containsExactly("x-custom-id: A");
    assertThat(decoded(new Field("CONTENT-type", "A"))).containsExactly("content-type: A");
  }

  @Test
  void fieldThatRepeats_isAddedToTheTableTheSecondTime() {
    String literal = "8b1d75d0620d263d4c7441ea"; // application/json
    assertThat(encode(JSON)).isEqualTo("0f10" + literal); // without indexing, name of index 31
    assertThat(encode(JSON)).isEqualTo("5f" + literal); // with indexing
    assertThat(encode(JSON)).isEqualTo("be");
    assertThat(encode(JSON, JSON)).isEqualTo("bebe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Set-Cookie", "Authorization", "cookie", "Proxy-Authorization"})
  void secret_isNeverIndexed(String name) throws HpackException {
    var secret = new Field(name, "s=1");
    for (int i = 0; i < 4; i++) {
      byte[] block = Blocks.encode(encoder, List.of(secret));
      assertThat(block[0] & 0xF0).isEqualTo(0x10);
      Blocks.decode(decoder, block);
    }
    assertThat(decoder.table().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade"})
  void connectionSpecificField_isLeftOut(String name) throws HpackException {
    assertThat(decoded(JSON, new Field(name, "close"), new Field("Age", "1")))
        .containsExactly("content-type: application/json", "age: 1");
  }

  @Test
  void string_isHuffmanCodedOnlyWhereThatIsShorter() {
    assertThat(encode(new Field("age", "a"))).isEqualTo("0f06" + "0161"); // as short: as it is
    assertThat(encode(new Field("age", "aaa"))).isEqualTo("0f06" + "8218c7");
    assertThat(encode(new Field("age", "\u00ff\u00fe"))).isEqualTo("0f06" + "02fffe");
  }

  @Test
  void contentLength_isNotIndexed() throws HpackException {
    for (int i = 0; i < 3; i++) {
      byte[] array = new byte[HpackEncoder.MAX_OWN_BYTES];
      encoder.begin(array, 0);
      encoder.contentLength(Long.MAX_VALUE);
      assertThat(Blocks.decode(decoder, Arrays.copyOf(array, encoder.end())))
          .containsExactly("content-length: 9223372036854775807");
    }
    assertThat(decoder.table().count()).isZero();
  }

  @Test
  void headers_areEncodedInOrder_withinTheirBound() throws HpackException {
    Headers headers =
        Headers.of(List.of(JSON, new Field("X-A", "1"), new Field("Set-Cookie", "a=b"), JSON));
    byte[] array = new byte[HpackEncoder.bound(headers)];
    encoder.begin(array, 0);
    encoder.status(302);
    encoder.fields(headers);
    assertThat(Blocks.decode(decoder, Arrays.copyOf(array, encoder.end())))
        .containsExactly(
            ":status: 302",
            "content-type: application/json",
            "x-a: 1",
            "set-cookie: a=b",
            "content-type: application/json");
  }

  @Test
  void peerShrinksAndGrowsTheTable_smallestAndLastSizeAreSentOnce() {
    encode(JSON);
    encode(JSON);
    encoder.tableSetting(1000);
    encoder.tableSetting(100);
    encoder.tableSetting(4096);
    String evicted = encode(JSON); // 60 bytes: still in a table of 100
    assertThat(evicted).isEqualTo("3f45" + "3fe11f" + "be");
    encoder.tableSetting(0);
    encoder.tableSetting(8192); // more than the encoder uses
    assertThat(encode(JSON)).startsWith("20" + "3fe11f" + "5f");
    assertThat(encode(JSON)).isEqualTo("be");
  }

  @Test
  void settingThatChangesNothing_sendsNothing() {
    encoder.tableSetting(4096);
    encoder.tableSetting(0xFFFF_FFFFL);
    assertThat(status(200)).isEqualTo("88");
  }

  @Test
  void tableOfSizeZero_isNotUsed() {
    encoder.tableSetting(0);
    assertThat(encode(JSON)).startsWith("20" + "0f10");
    for (int i = 0; i < 3; i++) {
      assertThat(encode(JSON)).startsWith("0f10");
    }
  }

  @Test
  void fieldLargerThanTheTable_isNotAdded() throws HpackException {
    var large = new Field("x", "v".repeat(5000));
    decoded(JSON);
    decoded(JSON);
    for (int i = 0; i < 3; i++) {
      assertThat(decoded(large)).containsExactly(large.toString());
    }
    assertThat(encode(JSON)).isEqualTo("be");
  }

  @Test
  void evictedField_isSentAgainAsALiteral() throws HpackException {
    decoded(JSON);
    decoded(JSON);
    for (int i = 0; i < 200; i++) {
      var field = new Field("x-" + i, "value " + i);
      decoded(field);
      assertThat(decoded(field)).containsExactly(field.toString());
    }
    assertThat(decoded(JSON)).containsExactly("content-type: application/json");
    assertThat(decoder.table().bytes()).isBetween(4000, 4096);
  }
}
