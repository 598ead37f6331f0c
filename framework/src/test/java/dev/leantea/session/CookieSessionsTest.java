package dev.leantea.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Cookie;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.session.SessionApplication.Visit;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions in cookies, and attacks on them. */
class CookieSessionsTest {
  private static final String NAME = "__Host-session";
  private static final String FIRST = key('a');
  private static final String SECOND = key('b');

  private final TestClock clock = new TestClock();
  private final Sessions<Visit> sessions = sessions(FIRST);

  private static String key(char fill) {
    return Base64.getEncoder().encodeToString(String.valueOf(fill).repeat(32).getBytes(US_ASCII));
  }

  private Sessions<Visit> sessions(String keys) {
    return Sessions.inCookie(Visit.class, SessionKeys.parse(keys)).withClock(clock);
  }

  private static Browser open(Sessions<Visit> sessions) {
    return new Browser(SessionApplication.of(sessions));
  }

  private String user(String cookie) throws Exception {
    return open(sessions).with(NAME, cookie).get("/").bodyText();
  }

  private String loggedIn() throws Exception {
    Browser browser = open(sessions);
    browser.get("/login/ada");
    return browser.cookie(NAME);
  }

  @Test
  void session_livesFromLoginToLogout() throws Exception {
    Browser browser = open(sessions);
    assertThat(browser.get("/").bodyText()).isEqualTo("none");
    assertThat(browser.get("/login/ada").headers().all("Set-Cookie"))
        .singleElement()
        .asString()
        .matches(NAME + "=[A-Za-z0-9_-]+; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(browser.get("/").bodyText()).isEqualTo("ada");
    assertThat(browser.get("/count").bodyText()).isEqualTo("1");
    assertThat(browser.get("/count").bodyText()).isEqualTo("2");
    assertThat(browser.get("/logout").headers().all("Set-Cookie"))
        .containsExactly(NAME + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    assertThat(browser.get("/").bodyText()).isEqualTo("none");
  }

  @Test
  void content_isNotReadable_andDiffersEachTime() throws Exception {
    String cookie = loggedIn();
    assertThat(new String(Base64.getUrlDecoder().decode(cookie), ISO_8859_1)).doesNotContain("ada");
    assertThat(loggedIn()).isNotEqualTo(cookie);
  }

  // ---- attacks

  @Test
  void cookie_withAnyByteChanged_isNoSession() throws Exception {
    byte[] bytes = Base64.getUrlDecoder().decode(loggedIn());
    for (int i = 0; i < bytes.length; i++) {
      byte[] forged = bytes.clone();
      forged[i] ^= 1;
      assertThat(user(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
          .isEqualTo("none");
    }
  }

  @Test
  void cookie_cutOrExtended_isNoSession() throws Exception {
    String cookie = loggedIn();
    for (int length = 0; length < cookie.length(); length++) {
      assertThat(user(cookie.substring(0, length))).isEqualTo("none");
    }
    assertThat(user(cookie + "AAAA")).isEqualTo("none");
    assertThat(user(cookie)).isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "=", "%", "null", "{\"user\":\"ada\",\"pages\":0}", "\u00e9"})
  void cookie_madeUp_isNoSession(String cookie) throws Exception {
    assertThat(user(cookie)).isEqualTo("none");
    assertThat(user("A".repeat(30_000))).isEqualTo("none");
  }

  @Test
  void cookie_ofAnotherKey_isNoSession() throws Exception {
    Browser other = open(sessions(SECOND));
    other.get("/login/root");
    assertThat(user(other.cookie(NAME))).isEqualTo("none");
  }

  @Test
  void cookie_underAnotherName_isNoSession() throws Exception {
    Sessions<Visit> guests = sessions.withCookie(Cookie.of("guest", "").path("/").httpOnly());
    Browser guest = open(guests);
    guest.get("/login/root");
    assertThat(guest.get("/").bodyText()).isEqualTo("root");
    assertThat(user(guest.cookie("guest"))).isEqualTo("none");
  }

  @Test
  void cookie_replayedAfterTheLimits_isNoSession() throws Exception {
    String cookie = loggedIn();
    clock.pass(Duration.ofMinutes(30).minusSeconds(1));
    assertThat(user(cookie)).isEqualTo("ada");
    clock.pass(Duration.ofSeconds(1));
    assertThat(user(cookie)).isEqualTo("none");
  }

  @Test
  void session_thatIsUsed_endsAtTheAbsoluteLimit() throws Exception {
    Browser browser = open(sessions);
    browser.get("/login/ada");
    for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
      clock.pass(Duration.ofMinutes(20));
      assertThat(browser.get(minutes % 40 == 0 ? "/" : "/count").status()).isEqualTo(200);
      assertThat(browser.get("/").bodyText()).isEqualTo("ada");
    }
    clock.pass(Duration.ofMinutes(20));
    assertThat(browser.get("/").bodyText()).isEqualTo("none");
  }

  @Test
  void plantedSession_isReplacedAtTheLogin() throws Exception {
    Browser attacker = open(sessions);
    attacker.get("/login/mallory");
    String planted = attacker.cookie(NAME);
    Browser victim = open(sessions).with(NAME, planted);
    victim.get("/login/ada");
    assertThat(victim.cookie(NAME)).isNotEqualTo(planted);
    assertThat(user(planted)).isEqualTo("mallory");
  }

  // ---- keys, renewal, sizes

  @Test
  void keys_rotate() throws Exception {
    String old = loggedIn();
    Browser browser = open(sessions(SECOND + ", " + FIRST)).with(NAME, old);
    assertThat(browser.get("/").bodyText()).isEqualTo("ada");
    browser.get("/count");
    String written = browser.cookie(NAME);
    assertThat(user(written)).isEqualTo("none"); // the first key writes, which the old server lacks
    assertThat(open(sessions(SECOND)).with(NAME, written).get("/").bodyText()).isEqualTo("ada");
    assertThat(open(sessions(SECOND)).with(NAME, old).get("/").bodyText()).isEqualTo("none");
  }

  @Test
  void session_isRenewed_whenAnEighthHasPassedAndItIsRead() throws Exception {
    Browser browser = open(sessions);
    browser.get("/login/ada");
    clock.pass(Duration.ofMinutes(3));
    assertThat(browser.get("/").headers().contains("Set-Cookie")).isFalse();
    clock.pass(Duration.ofMinutes(1));
    assertThat(browser.get("/plain").headers().contains("Set-Cookie")).isFalse();
    assertThat(browser.get("/").headers().all("Set-Cookie")).hasSize(1);
    assertThat(browser.get("/count").headers().all("Set-Cookie")).hasSize(1);
  }

  @Test
  void response_isPrivate_whereTheSessionWasUsed() throws Exception {
    Browser browser = open(sessions);
    assertThat(browser.get("/plain").headers().contains("Cache-Control")).isFalse();
    assertThat(browser.get("/").headers().all("Cache-Control")).containsExactly("private");
    assertThat(browser.get("/login/ada").headers().all("Cache-Control")).containsExactly("private");
    assertThat(browser.get("/cached").headers().all("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void session_writtenTwice_isSetOnce_besideOtherCookies() throws Exception {
    Browser browser = open(sessions);
    assertThat(browser.get("/twice").headers().all("Set-Cookie"))
        .hasSize(2)
        .first()
        .isEqualTo("other=1");
    assertThat(browser.get("/").bodyText()).isEqualTo("second");
  }

  @Test
  void value_thatDoesNotFitIntoACookie_isRefused() throws Exception {
    Browser browser = open(sessions);
    int around = "{\"user\":\"\",\"pages\":0}".length();
    assertThat(browser.get("/login/" + "x".repeat(3016 - around)).status()).isEqualTo(204);
    assertThat(browser.get("/").bodyText()).hasSize(3016 - around);
    assertThat(open(sessions).get("/login/" + "x".repeat(3017 - around)).bodyText())
        .isEqualTo(
            "session: expected at most 3016 bytes of JSON, for it is kept in a cookie, got 3017;"
                + " keep less, or use Sessions.inStore");
  }

  @Test
  void session_ofAnotherClass_isNone() throws Exception {
    record Other(int user) {}
    Sessions<Other> others =
        Sessions.inCookie(Other.class, SessionKeys.parse(FIRST)).withClock(clock);
    Response response =
        others
            .filter()
            .apply(request -> Response.text(200, "" + others.find(request)))
            .handle(Request.of(Method.GET, "/").withHeader("Cookie", NAME + "=" + loggedIn()));
    assertThat(response.bodyText()).isEqualTo("Optional.empty");
  }

  // ---- mistakes of the program

  @Test
  void find_withoutTheFilter_saysSo() {
    assertThatThrownBy(() -> sessions.find(Request.of(Method.GET, "/tea")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected their filter() around the handler of GET /tea");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "c2VjcmV0", "not base64!", "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=,"})
  void keys_malformed_refusedWithoutShowingThem(String text) {
    assertThatThrownBy(() -> SessionKeys.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 32 bytes in base64, as openssl rand -base64 32 makes them")
        .hasMessageNotContaining("c2Vj")
        .hasMessageNotContaining("YWFh");
  }

  @Test
  void options_thatCannotWork_refused() {
    assertThatThrownBy(() -> sessions.withCookie(Cookie.of("__Host-a", "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sessions.withIdleLimit(Duration.ZERO))
        .hasMessage("session idle limit: expected a second or more, got PT0S");
    assertThatThrownBy(() -> sessions.withAbsoluteLimit(Duration.ofSeconds(-1)))
        .hasMessageStartingWith("session absolute limit: expected");
  }
}
