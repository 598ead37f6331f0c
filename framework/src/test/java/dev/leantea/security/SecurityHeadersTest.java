package dev.leantea.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import org.junit.jupiter.api.Test;

class SecurityHeadersTest {
  private static final Request GET = Request.of(Method.GET, "/");
  private static final Handler OK = Handler.nonBlocking(_ -> Response.text(200, "ok"));

  private static Response answer(SecurityHeaders headers, Request request) throws Exception {
    return headers.apply(OK).handle(request);
  }

  @Test
  void defaults_withoutTls() throws Exception {
    assertThat(answer(SecurityHeaders.defaults(), GET).headers())
        .extracting(Object::toString)
        .containsExactly(
            "Content-Type: text/plain; charset=utf-8",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: strict-origin-when-cross-origin",
            "Cross-Origin-Opener-Policy: same-origin",
            "Content-Security-Policy: frame-ancestors 'none'; base-uri 'self'; object-src 'none'");
  }

  @Test
  void strictTransportSecurity_overTlsAlone() throws Exception {
    SecurityHeaders longer =
        SecurityHeaders.defaults()
            .with("strict-transport-security", "max-age=63072000; includeSubDomains");
    assertThat(answer(longer, GET.withScheme("https")).headers().all("Strict-Transport-Security"))
        .containsExactly("max-age=63072000; includeSubDomains");
    assertThat(answer(longer, GET).headers().contains("Strict-Transport-Security")).isFalse();
  }

  @Test
  void fields_ofTheHandler_stay() throws Exception {
    Handler framed =
        SecurityHeaders.defaults()
            .apply(_ -> Response.empty(204).header("X-Frame-Options", "SAMEORIGIN"));
    assertThat(framed.handle(GET).headers().all("X-Frame-Options")).containsExactly("SAMEORIGIN");
  }

  @Test
  void with_changesAndAdds_withoutRemoves() throws Exception {
    SecurityHeaders changed =
        SecurityHeaders.defaults()
            .with("Content-Security-Policy", "default-src 'self'")
            .with("Permissions-Policy", "camera=()")
            .without("X-Frame-Options");
    Response response = answer(changed, GET);
    assertThat(response.headers().all("Content-Security-Policy"))
        .containsExactly("default-src 'self'");
    assertThat(response.headers().all("Permissions-Policy")).containsExactly("camera=()");
    assertThat(response.headers().contains("X-Frame-Options")).isFalse();
    assertThat(answer(SecurityHeaders.defaults(), GET).headers().contains("X-Frame-Options"))
        .isTrue();
  }

  @Test
  void with_whatCouldSplitTheMessage_refused() {
    assertThatThrownBy(
            () -> SecurityHeaders.defaults().with("Permissions-Policy", "a\r\nSet-Cookie: b=c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecurityHeaders.defaults().with("Content-Length", "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void error_hasTheFieldsToo() throws Exception {
    Handler failing =
        SecurityHeaders.defaults()
            .apply(
                _ -> {
                  throw new IllegalStateException("on purpose");
                });
    Response response = failing.handle(GET);
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.headers().all("X-Content-Type-Options")).containsExactly("nosniff");
  }

  @Test
  void filter_neverBlocks() {
    assertThat(SecurityHeaders.defaults().apply(OK).execution()).isEqualTo(Execution.NON_BLOCKING);
  }
}
