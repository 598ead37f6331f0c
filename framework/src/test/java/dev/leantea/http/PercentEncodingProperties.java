package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PercentEncodingProperties {
  private static boolean isEncodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Property
  void decode_encoded_theSameText(@ForAll String text) {
    Assume.that(isEncodable(text));
    assertThat(PercentEncoding.decode(PercentEncoding.encode(text))).isEqualTo(text);
    assertThat(PercentEncoding.decodeForm(PercentEncoding.encode(text))).isEqualTo(text);
  }

  @Property
  void encode_anyText_unreservedAndEncodedBytesAlone(@ForAll String text) {
    assertThat(PercentEncoding.encode(text)).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
  }

  @Property
  void decode_anyText_textOrARefusal(@ForAll String text) {
    try {
      assertThat(PercentEncoding.decode(text).length()).isLessThanOrEqualTo(text.length());
    } catch (IllegalArgumentException e) {
      assertThat(text).contains("%");
    }
  }
}
