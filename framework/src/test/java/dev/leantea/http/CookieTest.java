package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Cookie.SameSite;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
  @Test
  void fieldValue_attributesInTheOrderSet() {
    assertThat(Cookie.of("a", "").fieldValue()).isEqualTo("a=");
    Cookie cookie =
        Cookie.of("sid", "x=y/+")
            .path("/app")
            .domain("example.com")
            .maxAge(Duration.ofMinutes(2).plusMillis(1))
            .sameSite(SameSite.LAX)
            .secure()
            .httpOnly();
    assertThat(cookie.fieldValue())
        .isEqualTo(
            "sid=x=y/+; Path=/app; Domain=example.com; Max-Age=120; SameSite=Lax; Secure; HttpOnly");
    assertThat(cookie.path("/").fieldValue()).contains("Path=/;").doesNotContain("/app");
  }

  @Test
  void removal_endsAtOnce() {
    assertThat(Cookie.removal("sid").path("/").fieldValue()).isEqualTo("sid=; Max-Age=0; Path=/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a;", "\u00e9", "a\r\n", "\"a\"", "a,"})
  void of_nameNoToken_refused(String name) {
    assertThatThrownBy(() -> Cookie.of(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cookie name: expected a token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret value",
        "secret;",
        "secret,",
        "secret\"",
        "secret\\",
        "secret\u00e9",
        "secret\r\n",
        "secret\u007f",
        "secret\0"
      })
  void of_badValue_refusedWithoutShowingIt(String value) {
    assertThatThrownBy(() -> Cookie.of("sid", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cookie sid: expected a value of visible ASCII")
        .hasMessageContaining(" at 6;")
        .hasMessageNotContaining("secret");
  }

  @Test
  void of_tooLong_refused() {
    assertThat(Cookie.of("a", "x".repeat(Cookie.MAX_BYTES - 1)).value()).hasSize(4095);
    assertThatThrownBy(() -> Cookie.of("a", "x".repeat(Cookie.MAX_BYTES)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cookie a: expected at most 4096 bytes of name and value, got 4097");
  }

  @Test
  void attributes_malformed_refused() {
    Cookie cookie = Cookie.of("a", "1");
    for (String path : List.of("", "a", "/;a", "/\r\nX: y", "/\u00e9", "/".repeat(1025))) {
      assertThatThrownBy(() -> cookie.path(path)).isInstanceOf(IllegalArgumentException.class);
    }
    for (String domain : List.of("", ".", ".a.b", "a..b", "a b", "a;b", "-a", "\u00e9.com")) {
      assertThatThrownBy(() -> cookie.domain(domain)).isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration time : List.of(Duration.ofSeconds(-1), Duration.ofDays(400).plusNanos(1))) {
      assertThatThrownBy(() -> cookie.maxAge(time)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(cookie.maxAge(Duration.ofDays(400)).fieldValue()).isEqualTo("a=1; Max-Age=34560000");
  }

  static List<Cookie> ignored() {
    return List.of(
        Cookie.of("a", "1").sameSite(SameSite.NONE),
        Cookie.of("a", "1").partitioned(),
        Cookie.of("__Http-a", "1").secure(),
        Cookie.of("__Http-a", "1").httpOnly(),
        Cookie.of("__Host-Http-a", "1").secure().path("/"),
        Cookie.of("__Secure-a", "1"),
        Cookie.of("__Host-a", "1").secure(),
        Cookie.of("__Host-a", "1").path("/"),
        Cookie.of("__host-a", "1").secure().path("/a"),
        Cookie.of("__Host-a", "1").secure().path("/").domain("a.b"));
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void fieldValue_whatUserAgentsIgnore_refused(Cookie cookie) {
    assertThatThrownBy(() -> Response.empty(200).cookie(cookie))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cookie " + cookie.name() + ": expected secure()");
  }

  @Test
  void fieldValue_prefixesThatHold() {
    assertThat(Cookie.of("__Host-a", "1").secure().path("/").fieldValue())
        .isEqualTo("__Host-a=1; Secure; Path=/");
    assertThat(Cookie.of("__Secure-a", "1").secure().partitioned().fieldValue())
        .isEqualTo("__Secure-a=1; Secure; Partitioned");
    assertThat(Cookie.of("__Host-Http-a", "1").secure().path("/").httpOnly().fieldValue())
        .isEqualTo("__Host-Http-a=1; Secure; Path=/; HttpOnly");
  }

  @Test
  void withValue_keepsTheAttributes_andIsChecked() {
    Cookie cookie = Cookie.of("sid", "1").path("/").secure();
    assertThat(cookie.withValue("2").fieldValue()).isEqualTo("sid=2; Path=/; Secure");
    assertThat(cookie.fieldValue()).isEqualTo("sid=1; Path=/; Secure");
    assertThatThrownBy(() -> cookie.withValue("secret\r\nSet-Cookie: a=b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void toString_hidesTheValue() {
    assertThat(Cookie.of("sid", "secret")).hasToString("sid=…");
  }
}
