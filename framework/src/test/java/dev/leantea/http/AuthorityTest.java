package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a.b-c_d",
        "a:",
        "a:0",
        "a:65535",
        "127.0.0.1:80",
        "[::1]",
        "[::1]:80",
        "[::ffff:1.2.3.4]",
        "a%41",
        "a~!$&'()*+;="
      })
  void isValid_hostWithOrWithoutPort(String authority) {
    assertThat(Authority.isValid(authority)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a,b",
        "a/b",
        "a?b",
        "a#b",
        "a@b",
        "a\\b",
        "a\"b",
        "a<b",
        "a^b",
        "\u00e4",
        "a\tb",
        "a:65536",
        "a:123456",
        "a:x",
        "a:-1",
        "a:1:2",
        "::1",
        "[",
        "[]",
        "[::1",
        "::1]",
        "[::1]a",
        "[::1]:x",
        "[a.b]",
        "[g::1]",
        "[[::1]]",
        "a%",
        "a%4",
        "a%zz",
        "a]",
        "http://a"
      })
  void isValid_anythingElse_not(String authority) {
    assertThat(Authority.isValid(authority)).isFalse();
  }
}
