package dev.leantea.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Attribute;
import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static final Attribute<String> USER = Attribute.of("user");
  private static final Request GET = Request.of(Method.GET, "/");

  private static final Handler WHO =
      Handler.nonBlocking(request -> Response.text(200, request.attribute(USER).orElse("nobody")));

  private static final Handler BASIC =
      Authentication.basic(
              "Tea \"shop\"",
              USER,
              it -> it.password().equals("pass:wörd") ? Optional.of(it.name()) : Optional.empty())
          .apply(WHO);

  private static final Handler BEARER =
      Authentication.bearer(
              "api", USER, it -> it.equals("t0k-en==") ? Optional.of("ada") : Optional.empty())
          .apply(WHO);

  private static Response ask(Handler handler, String authorization) throws Exception {
    return handler.handle(GET.withHeader("Authorization", authorization));
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void basic_rightPassword_isThatUser() throws Exception {
    assertThat(ask(BASIC, basic("ada:pass:wörd")).bodyText()).isEqualTo("ada");
    assertThat(ask(BASIC, basic("ada:pass:wörd").replace("Basic", "bAsIc")).bodyText())
        .isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YWRh",
        "Basic YWRhOnd/yb25n",
        "Bearer t0k-en==",
        "x",
        ""
      })
  void basic_malformed_isChallenged(String authorization) throws Exception {
    expectBasicChallenge(ask(BASIC, authorization));
  }

  @Test
  void basic_wrong_isChallenged() throws Exception {
    expectBasicChallenge(BASIC.handle(GET));
    expectBasicChallenge(ask(BASIC, basic("ada:wrong")));
    expectBasicChallenge(ask(BASIC, basic("ada:")));
    expectBasicChallenge(ask(BASIC, basic("ada\r\nroot:pass:wörd"))); // into a log
    String latin1 =
        Base64.getEncoder().encodeToString("ada:pass:wörd".getBytes(StandardCharsets.ISO_8859_1));
    expectBasicChallenge(ask(BASIC, "Basic " + latin1));
  }

  private static void expectBasicChallenge(Response response) throws Exception {
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers().all("WWW-Authenticate"))
        .containsExactly("Basic realm=\"Tea \\\"shop\\\"\", charset=\"UTF-8\"");
    assertThat(response.bodyText()).isEqualTo("{\"error\":\"log in\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer t0k-en==,     200, ''",
    "bearer   t0k-en==,   200, ''",
    "Bearer t0k-en,       401, ', error=\"invalid_token\"'",
    "Bearer t0k en,       401, ', error=\"invalid_token\"'",
    "Bearer =,            401, ', error=\"invalid_token\"'",
    "Bearer,              401, ''",
    "Basic t0k-en==,      401, ''"
  })
  void bearer_isChecked(String authorization, int status, String error) throws Exception {
    Response response = ask(BEARER, authorization);
    assertThat(response.status()).isEqualTo(status);
    if (status == 401) {
      assertThat(response.headers().all("WWW-Authenticate"))
          .containsExactly("Bearer realm=\"api\"" + error);
      assertThat(response.bodyText()).doesNotContain("t0k");
    } else {
      assertThat(response.bodyText()).isEqualTo("ada");
    }
  }

  @Test
  void severalLines_areRefused() {
    Request twice =
        GET.withAddedHeader("Authorization", basic("ada:pass:wörd"))
            .withAddedHeader("Authorization", "Bearer t0k-en==");
    for (Handler handler : new Handler[] {BASIC, BEARER}) {
      assertThatThrownBy(() -> handler.handle(twice))
          .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
  }

  @Test
  void fixedSecrets_areCompared_withoutBlocking() throws Exception {
    Handler page = Authentication.basic("ops", "ada", "secret").apply(WHO);
    assertThat(ask(page, basic("ada:secret")).status()).isEqualTo(200);
    for (String wrong :
        new String[] {"ada:secre", "ada:secret2", "ada:", "ad:asecret", ":secret"}) {
      assertThat(ask(page, basic(wrong)).status()).isEqualTo(401);
    }
    Handler api = Authentication.bearer("api", "secret").apply(WHO);
    assertThat(ask(api, "Bearer secret").status()).isEqualTo(200);
    assertThat(ask(api, "Bearer secret2").status()).isEqualTo(401);
    assertThat(page.execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(api.execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(BASIC.execution()).isEqualTo(Execution.BLOCKING);
    assertThat(Filter.computing(next -> next).apply(WHO).execution())
        .isEqualTo(Execution.COMPUTING);
  }

  @Test
  void mistakes_areRefusedWhereTheyAreMade() {
    assertThatThrownBy(() -> Authentication.basic("ops", "ada", ""))
        .hasMessage("password: expected a secret, got an empty text");
    assertThatThrownBy(() -> Authentication.bearer("ops", ""))
        .hasMessage("token: expected a secret, got an empty text");
    assertThatThrownBy(() -> Authentication.bearer("a\r\nX: y", "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("realm: expected");
  }

  @Test
  void credentials_areNotShown() {
    assertThat(new BasicCredentials("ada", "secret")).hasToString("ada:…");
  }

  @Test
  void isSameSecret_comparesAll() {
    assertThat(Authentication.isSameSecret("ä", "ä")).isTrue();
    assertThat(Authentication.isSameSecret("ab", "a")).isFalse();
    assertThat(Authentication.isSameSecret("", "a")).isFalse();
  }
}
