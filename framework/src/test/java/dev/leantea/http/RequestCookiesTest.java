package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCookiesTest {
  private static Request cookies(String... lines) {
    Request request = Request.of(Method.GET, "/");
    for (String line : lines) {
      request = request.withAddedHeader("Cookie", line);
    }
    return request;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "a=1,             1",
        "b=2; a=1,        1",
        "a=1; a=2,        1",
        "a=1=2==,         1=2==",
        "'a=\"x y\"',     x y",
        "'a=\"',          \"",
        "'a=\"x; b=\"',   \"x",
        "'a=x\"y\"',      x\"y\"",
        "a=%20+,          %20+",
        "' a = 1 ;b=2',   1",
        "a=,              ''",
        "';;=x;b;a=1;;',  1",
        "'\ta=1\t',       1"
      })
  void cookie_lenientlyRead(String line, String value) {
    assertThat(cookies(line).cookie("a")).contains(value);
  }

  @Test
  void cookie_absentOrMalformed_empty() {
    assertThat(Request.of(Method.GET, "/").cookie("a")).isEmpty();
    assertThat(cookies("A=1; aa=2; a; =a").cookie("a")).isEmpty();
  }

  /** A browser sends a cookie without a name as its value alone, with or without the sign. */
  @ParameterizedTest
  @ValueSource(strings = {"=__Host-sid=forged", "__Host-sid", " =__Host-sid=forged", "\t=a=b"})
  void cookie_withoutAName_isNotTakenForItsValue(String line) {
    assertThat(cookies(line).cookies()).isEmpty();
  }

  @Test
  void cookies_ofAllLines_inOrder() {
    assertThat(cookies("b=1; a=2", "c=3; b=4").cookies())
        .containsExactly(
            new CookiePair("b", "1"),
            new CookiePair("a", "2"),
            new CookiePair("c", "3"),
            new CookiePair("b", "4"));
    assertThat(cookies("b=1", "a=2").cookie("a")).contains("2");
  }
}
