package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7541 appendix C. */
class HpackRfcExamplesTest {
  private static final List<List<String>> REQUESTS =
      List.of(
          lines(
              """
              :method: GET
              :scheme: http
              :path: /
              :authority: www.example.com
              """),
          lines(
              """
              :method: GET
              :scheme: http
              :path: /
              :authority: www.example.com
              cache-control: no-cache
              """),
          lines(
              """
              :method: GET
              :scheme: https
              :path: /index.html
              :authority: www.example.com
              custom-key: custom-value
              """));

  private static final List<List<String>> RESPONSES =
      List.of(
          lines(
              """
              :status: 302
              cache-control: private
              date: Mon, 21 Oct 2013 20:13:21 GMT
              location: https://www.example.com
              """),
          lines(
              """
              :status: 307
              cache-control: private
              date: Mon, 21 Oct 2013 20:13:21 GMT
              location: https://www.example.com
              """),
          lines(
              """
              :status: 200
              cache-control: private
              date: Mon, 21 Oct 2013 20:13:22 GMT
              location: https://www.example.com
              content-encoding: gzip
              set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1
              """));

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  /** C.1: integers, in a size update, an index, and a length. */
  @Test
  void integers() throws HpackException {
    HpackDecoder decoder = Blocks.decoder(4096);
    assertThat(Blocks.decode(decoder, Blocks.hex("2a"))).isEmpty(); // C.1.1: 10 in 5 bits
    assertThat(decoder.table().maxBytes()).isEqualTo(10);
    assertThat(Blocks.decode(decoder, Blocks.hex("3f 9a 0a"))).isEmpty(); // C.1.2: 1337 in 5 bits
    assertThat(decoder.table().maxBytes()).isEqualTo(1337);
  }

  /** C.2: one field in each representation, and the size of the table after it. */
  @ParameterizedTest
  @CsvSource({
    "400a637573746f6d2d6b65790d637573746f6d2d686561646572, custom-key: custom-header, 55",
    "040c2f73616d706c652f70617468, :path: /sample/path, 0",
    "100870617373776f726406736563726574, password: secret, 0",
    "82, :method: GET, 0"
  })
  void representations(String block, String field, int tableBytes) throws HpackException {
    HpackDecoder decoder = Blocks.decoder(4096);
    assertThat(Blocks.decode(decoder, Blocks.hex(block))).containsExactly(field);
    assertThat(decoder.table().bytes()).isEqualTo(tableBytes);
  }

  /** C.3. */
  @Test
  void requests_withoutHuffmanCode() throws HpackException {
    HpackDecoder decoder = Blocks.decoder(4096);
    assertThat(
            decode(
                decoder,
                "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
                "8286 84be 5808 6e6f 2d63 6163 6865",
                "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"))
        .isEqualTo(REQUESTS);
    assertThat(table(decoder))
        .containsExactly(
            "custom-key: custom-value", "cache-control: no-cache", ":authority: www.example.com");
    assertThat(decoder.table().bytes()).isEqualTo(164);
  }

  /** C.4. */
  @Test
  void requests_withHuffmanCode() throws HpackException {
    HpackDecoder decoder = Blocks.decoder(4096);
    assertThat(
            decode(
                decoder,
                "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
                "8286 84be 5886 a8eb 1064 9cbf",
                "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
        .isEqualTo(REQUESTS);
    assertThat(decoder.table().bytes()).isEqualTo(164);
  }

  /** C.5: a table of 256 bytes, so that fields are evicted. */
  @Test
  void responses_withoutHuffmanCode() throws HpackException {
    HpackDecoder decoder = Blocks.decoder(256);
    assertThat(
            decode(
                decoder,
                "4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133"
                    + "2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861"
                    + "6d70 6c65 2e63 6f6d",
                "4803 3330 37c1 c0bf",
                "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d"
                    + "54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f"
                    + "5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572"
                    + "7369 6f6e 3d31"))
        .isEqualTo(RESPONSES);
    assertLastTable(decoder);
  }

  /** C.6: the same with Huffman code. */
  @Test
  void responses_withHuffmanCode() throws HpackException {
    HpackDecoder decoder = Blocks.decoder(256);
    assertThat(
            decode(
                decoder,
                "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6"
                    + "2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
                "4883 640e ffc1 c0bf",
                "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab"
                    + "77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5"
                    + "291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07"))
        .isEqualTo(RESPONSES);
    assertLastTable(decoder);
  }

  private static void assertLastTable(HpackDecoder decoder) {
    assertThat(table(decoder))
        .containsExactly(
            "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
            "content-encoding: gzip",
            "date: Mon, 21 Oct 2013 20:13:22 GMT");
    assertThat(decoder.table().bytes()).isEqualTo(215);
  }

  private static List<List<String>> decode(HpackDecoder decoder, String... blocks)
      throws HpackException {
    var lists = new ArrayList<List<String>>();
    for (String block : blocks) {
      lists.add(Blocks.decode(decoder, Blocks.hex(block)));
    }
    return lists;
  }

  private static List<String> table(HpackDecoder decoder) {
    var fields = new ArrayList<String>();
    for (int age = 0; age < decoder.table().count(); age++) {
      fields.add(decoder.table().newest(age).toString());
    }
    return fields;
  }
}
