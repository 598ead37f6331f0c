package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
  private static RequestTarget get(String raw) {
    return RequestTarget.parse(Method.GET, raw);
  }

  @ParameterizedTest
  @CsvSource({
    "/,                     /,        ''",
    "/a/b?c=d,              /a/b,     c=d",
    "/a?,                   /a,       ''",
    "/a?b?c,                /a,       b?c",
    "/a?/../b,              /a,       /../b",
    "//a//b,                //a//b,   ''",
    "/a/./b,                /a/b,     ''",
    "/a/../b,               /b,       ''",
    "/a/b/..,               /a/,      ''",
    "/a/.,                  /a/,      ''",
    "/..a/...,              /..a/..., ''",
    "/a/%2e%2E/b,           /b,       ''",
    "/a%2Fb,                /a%2Fb,   ''",
    "http://a,              /,        ''",
    "http://a?b,            /,        b",
    "HTTPS://a:1/b/../c?d,  /c,       d",
    "http://[::1]/a,        /a,       ''",
  })
  void parse_aPath_withoutDotSegments(String raw, String path, String query) {
    assertThat(get(raw).path()).isEqualTo(path);
    assertThat(get(raw).query()).isEqualTo(query);
    assertThat(get(raw)).hasToString(raw);
  }

  @ParameterizedTest
  @CsvSource({
    "/%61%2D%5f%7e,     /a-_~",
    "/%41dmin/x,        /Admin/x",
    "/caf%c3%a9,        /caf%C3%A9",
    "/%40me,            /@me",
    "/@me,              /@me",
    "/a%21%24%27%3b%3d, /a!$';=",
    "/a%20b%2525,       /a%20b%2525",
    "/a{b}|^`[c],       /a%7Bb%7D%7C%5E%60%5Bc%5D",
    "/a%7bb,            /a%7Bb",
    "/%2E%61,           /.a",
    "/é,                /%C3%A9",
  })
  void parse_aPath_writtenInOneWay(String raw, String path) {
    assertThat(get(raw).path()).isEqualTo(path);
    assertThat(get(path).segments()).isEqualTo(get(raw).segments());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "?a",
        "a:1",
        "/..",
        "/a/../..",
        "/%2e%2e",
        "/%2E./x",
        "/%",
        "/%zz",
        "/%00",
        "/%c0%ae",
        "http://",
        "http:///a",
        "http://a@b/",
        "http://a:99999/",
        "ftp://a/",
        "http:/a",
        "http://a/../b/../..",
        "/..%2fa",
        "/a%2f..",
        "/a/b%5C..%5Cc",
        "/..%5c",
        "http://:80/"
      })
  void parse_malformed_refused(String raw) {
    assertThatThrownBy(() -> get(raw)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%2fb", "/..a%2fb", "/a..%2f", "/%2f", "/...%2f...", "/a%5cb"})
  void parse_encodedSlashAlone_accepted(String raw) {
    assertThat(get(raw).path()).isEqualTo(raw.replace("%2f", "%2F").replace("%5c", "%5C"));
  }

  @Test
  void authority_ofAbsoluteAndAuthorityForm() {
    assertThat(get("http://a.b:80/c").authority()).isEqualTo("a.b:80");
    assertThat(get("https://[::1]?x").authority()).isEqualTo("[::1]");
    assertThat(get("/a").authority()).isEmpty();
    assertThat(RequestTarget.parse(Method.CONNECT, "a:443").authority()).isEqualTo("a:443");
    assertThat(RequestTarget.parse(Method.OPTIONS, "*").authority()).isEmpty();
  }

  @Test
  void parse_asterisk_ofOptionsOnly() {
    assertThat(RequestTarget.parse(Method.OPTIONS, "*").path()).isEqualTo("*");
    assertThatThrownBy(() -> RequestTarget.parse(Method.OPTIONS, "**"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_authority_ofConnectOnly() {
    assertThat(RequestTarget.parse(Method.CONNECT, "a:443").path()).isEqualTo("a:443");
    for (String raw : new String[] {"a", "a:", ":443", "/a", "*", "[::1]", "a:b:1", "a@b:1"}) {
      assertThatThrownBy(() -> RequestTarget.parse(Method.CONNECT, raw))
          .as(raw)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void segments_decodedOnceAndKeptApart() {
    assertThat(get("/a/b%2Fc/%2541/").segments()).containsExactly("a", "b/c", "%41", "");
    assertThat(get("/").segments()).containsExactly("");
    assertThat(get("//a").segments()).containsExactly("", "a");
  }
}
