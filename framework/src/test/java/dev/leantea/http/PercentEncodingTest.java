package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "abc-._~09AZ, abc-._~09AZ",
    "a b,         a%20b",
    "a+b/c?d,     a%2Bb%2Fc%3Fd",
    "é,           %C3%A9",
    "100%,        100%25",
    "'',          ''",
  })
  void encode_anythingButUnreserved(String text, String encoded) {
    assertThat(PercentEncoding.encode(text)).isEqualTo(encoded);
    assertThat(PercentEncoding.decode(encoded)).isEqualTo(text);
  }

  @Test
  void encode_unpairedSurrogate_replaced() {
    assertThat(PercentEncoding.encode("\ud800")).isEqualTo("%3F");
  }

  @ParameterizedTest
  @CsvSource({"%2541, %41", "a+b, a+b", "%41%62, Ab", "%e2%82%ac, €", "é%41, éA", "%00, '\0'"})
  void decode_once(String text, String decoded) {
    assertThat(PercentEncoding.decode(text)).isEqualTo(decoded.replace("\\0", "\0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%4",
        "%zz",
        "%4g",
        "a%",
        "%%41",
        "%+1",
        "%c0%af",
        "%ff",
        "%e2%82",
        "%ed%a0%80"
      })
  void decode_badEncoding_refused(String text) {
    assertThatThrownBy(() -> PercentEncoding.decode(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decodeForm_plusIsASpace_encodedPlusIsNot() {
    assertThat(PercentEncoding.decodeForm("a+b%2Bc%20d")).isEqualTo("a b+c d");
  }

  @ParameterizedTest
  @CsvSource({
    "a-._~!$&'()*+;=:@, a-._~!$&'()*+;=:@",
    "a/b?c#d,           a%2Fb%3Fc%23d",
    "a b%20,            a%20b%2520",
    "[é],               %5B%C3%A9%5D"
  })
  void encodeSegment_asPathsHaveIt(String text, String segment) {
    assertThat(PercentEncoding.encodeSegment(text)).isEqualTo(segment);
    assertThat(Request.of(Method.GET, "/" + segment).path()).isEqualTo("/" + segment);
  }

  @ParameterizedTest
  @CsvSource({
    "/a?b=c#d,         /a?b=c#d",
    "/a%20b%C3%A9,     /a%20b%C3%A9",
    "/\u00e9 \u4f60,     /%C3%A9%20%E4%BD%A0",
    "/?a[]=1&b={2}|^`, /?a%5B%5D=1&b=%7B2%7D%7C%5E%60",
    "100%,             100%25",
    "%4,               %254",
    "<>,               %3C%3E"
  })
  void encodeReference_onlyWhatMayNotStand(String text, String reference) {
    assertThat(PercentEncoding.encodeReference(text)).isEqualTo(reference);
    assertThat(PercentEncoding.encodeReference(reference)).isEqualTo(reference);
  }
}
