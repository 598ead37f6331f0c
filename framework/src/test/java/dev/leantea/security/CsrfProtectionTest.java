package dev.leantea.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfProtectionTest {
  private static final Handler OK = Handler.nonBlocking(_ -> Response.text(200, "done"));

  private static final Handler PROTECTED =
      CsrfProtection.sameOrigin().withTrustedOrigins("https://accounts.example:443").apply(OK);

  private static int status(Method method, String site, String origin) throws Exception {
    Request request = Request.of(method, "/").withHeader("Host", "tea.example");
    if (!site.equals("-")) {
      request = request.withHeader("Sec-Fetch-Site", site);
    }
    if (!origin.equals("-")) {
      request = request.withHeader("Origin", origin);
    }
    return PROTECTED.handle(request).status();
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, -,                          200",
    "same-origin, https://tea.example,        200",
    "none,        -,                          200",
    "-,           -,                          200",
    "-,           https://tea.example,        200",
    "-,           https://TEA.example:443,    200",
    "-,           http://tea.example:80,      200",
    "cross-site,  https://accounts.example,   200",
    "-,           https://accounts.example,   200",
    "cross-site,  -,                          403",
    "cross-site,  https://evil.example,       403",
    "cross-site,  https://tea.example,        403",
    "same-site,   https://x.tea.example,      403",
    "same-site,   -,                          403",
    "Same-Origin, -,                          403",
    "'',          -,                          403",
    "'same-origin, none', -,                  403",
    "-,           https://evil.example,       403",
    "-,           null,                       403",
    "cross-site,  null,                       403",
    "-,           '',                         403",
    "-,           https://tea.example.evil,   403",
    "-,           https://tea.example:8443,   403",
    "-,           https://eviltea.example,    403",
    "-,           http://accounts.example,    403",
    "-,           https://tea.example/,       403",
    "-,           ://tea.example,             403"
  })
  void post_bySiteAndOrigin(String site, String origin, int status) throws Exception {
    for (Method method :
        new Method[] {Method.POST, Method.PUT, Method.DELETE, Method.PATCH, Method.of("PURGE")}) {
      assertThat(status(method, site, origin)).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "QUERY"})
  void safeMethod_fromAnotherSite_passes(String method) throws Exception {
    assertThat(status(Method.of(method), "cross-site", "https://evil.example")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-Fetch-Site", "Origin"})
  void post_withTwoLines_isRefused(String name) throws Exception {
    boolean site = name.equals("Sec-Fetch-Site");
    Request request =
        Request.of(Method.POST, "/")
            .withAddedHeader(name, site ? "same-origin" : "http://localhost")
            .withAddedHeader(name, site ? "cross-site" : "https://evil.example");
    assertThat(PROTECTED.handle(request).status()).isEqualTo(403);
  }

  @Test
  void post_withoutHost_isOfNoOrigin() throws Exception {
    Request request =
        Request.of(Method.POST, "/").withoutHeader("Host").withHeader("Origin", "https://");
    assertThat(PROTECTED.handle(request).status()).isEqualTo(403);
  }

  @Test
  void refusal_saysWhy_andRunsNoHandler() throws Exception {
    Handler handler =
        CsrfProtection.sameOrigin()
            .apply(
                _ -> {
                  throw new AssertionError("must not run");
                });
    Response refused =
        handler.handle(Request.of(Method.POST, "/").withHeader("Sec-Fetch-Site", "cross-site"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.bodyText()).contains("a page of another origin");
  }

  @Test
  void filter_neverBlocks() {
    assertThat(PROTECTED.execution()).isEqualTo(Execution.NON_BLOCKING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "tea.example", "https://tea.example/", "https://*", "https://a b"})
  void withTrustedOrigins_noOrigin_refused(String origin) {
    assertThatThrownBy(() -> CsrfProtection.sameOrigin().withTrustedOrigins(origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("origin: expected one such as https://example.com");
  }
}
