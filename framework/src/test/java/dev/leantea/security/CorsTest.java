package dev.leantea.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Headers;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
  private static final String APP = "https://app.example";

  private static final Handler ROUTER =
      Router.builder()
          .scope(
              Cors.of(APP, "http://LOCALHOST:80").withCredentials().withExposedHeaders("X-Total"),
              api ->
                  api.filter(Authentication.bearer("api", "secret"))
                      .get("/orders", _ -> Response.text(200, "[]").addHeader("Vary", "Accept"))
                      .get("/vary", _ -> Response.text(200, "").header("Vary", "Accept, ORIGIN"))
                      .post("/fault", _ -> fail(new IllegalStateException("on purpose")))
                      .post("/http", _ -> fail(new HttpException(418, "short"))))
          .get("/private", _ -> Response.text(200, "not for other pages"))
          .build();

  private static Response fail(RuntimeException e) {
    throw e;
  }

  private static Request from(String origin, Method method, String path) {
    return Request.of(method, path)
        .withHeader("Origin", origin)
        .withHeader("Authorization", "Bearer secret");
  }

  private static Request preflight(String origin, String path) {
    return from(origin, Method.OPTIONS, path)
        .withoutHeader("Authorization")
        .withHeader("Access-Control-Request-Method", "PUT");
  }

  private static List<String> cors(Response response) {
    return StreamSupport.stream(response.headers().spliterator(), false)
        .filter(it -> it.name().startsWith("Access-Control"))
        .map(Headers.Field::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"GET, /orders, 200", "POST, /fault, 500", "POST, /http, 418", "DELETE, /orders, 405"})
  void response_toAnAllowedPage_isReadable(String method, String path, int status)
      throws Exception {
    Response response = ROUTER.handle(from(APP, Method.of(method), path));
    assertThat(response.status()).isEqualTo(status);
    assertThat(cors(response))
        .containsExactly(
            "Access-Control-Allow-Origin: https://app.example",
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Expose-Headers: X-Total");
    assertThat(response.headers().all("Vary")).contains("Origin");
  }

  @Test
  void refusalOfAnInnerFilter_isReadable() throws Exception {
    Response response =
        ROUTER.handle(from(APP, Method.GET, "/orders").withoutHeader("Authorization"));
    assertThat(response.status()).isEqualTo(401);
    assertThat(cors(response)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://app.example.evil",
        "http://app.example",
        "https://app.example:8443",
        "https://APP.example",
        "https://app.example/",
        "null",
        "*",
        ""
      })
  void anotherPage_mayNotRead_withOrWithoutCredentials(String origin) throws Exception {
    for (Request request :
        List.of(
            from(origin, Method.GET, "/orders"),
            from(origin, Method.GET, "/orders").withoutHeader("Authorization"),
            preflight(origin, "/orders"))) {
      Response response = ROUTER.handle(request);
      assertThat(cors(response)).isEmpty();
      assertThat(response.headers().all("Vary")).contains("Origin");
    }
    assertThat(ROUTER.handle(preflight(origin, "/orders")).status()).isEqualTo(403);
  }

  @Test
  void preflight_isAnsweredBeforeTheHandlers() throws Exception {
    Response response = ROUTER.handle(preflight("http://localhost", "/orders"));
    assertThat(response.status()).isEqualTo(204);
    assertThat(cors(response))
        .containsExactly(
            "Access-Control-Allow-Origin: http://localhost",
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE",
            "Access-Control-Allow-Headers: Content-Type, Authorization",
            "Access-Control-Max-Age: 3600");
    assertThat(response.headers().all("Vary")).containsExactly("Origin");
  }

  @Test
  void vary_isThereWithoutAnOrigin_andOnce() throws Exception {
    Request same = from(APP, Method.GET, "/orders").withoutHeader("Origin");
    assertThat(ROUTER.handle(same).headers().all("Vary")).containsExactly("Accept", "Origin");
    assertThat(cors(ROUTER.handle(same))).isEmpty();
    assertThat(ROUTER.handle(from(APP, Method.GET, "/vary")).headers().all("Vary"))
        .containsExactly("Accept, ORIGIN");
  }

  @Test
  void outsideOfTheScope_nothingIsReadable() throws Exception {
    assertThat(cors(ROUTER.handle(from(APP, Method.GET, "/private")))).isEmpty();
    assertThat(cors(ROUTER.handle(preflight(APP, "/private")))).isEmpty();
  }

  @Test
  void options_thatAreNoPreflight_reachTheHandler() throws Exception {
    Handler handler = Cors.of(APP).apply(_ -> Response.text(200, "options"));
    assertThat(handler.handle(from(APP, Method.OPTIONS, "/")).bodyText()).isEqualTo("options");
  }

  @Test
  void anyOrigin_isNeverWithCredentials() throws Exception {
    Response response =
        Cors.anyOrigin().apply(_ -> Response.empty(204)).handle(from("null", Method.GET, "/"));
    assertThat(cors(response)).containsExactly("Access-Control-Allow-Origin: *");
    assertThat(response.headers().contains("Vary")).isFalse();
    assertThatThrownBy(() -> Cors.anyOrigin().withCredentials())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cors: expected the origins by name for credentials, got any origin");
  }

  @Test
  void options_ofThePreflight() throws Exception {
    Cors cors =
        Cors.of(APP)
            .withMethods(Method.GET, Method.QUERY)
            .withRequestHeaders("X-Api-Key")
            .withMaxAge(Duration.ofMinutes(1));
    Response response = cors.apply(_ -> Response.empty(204)).handle(preflight(APP, "/"));
    assertThat(cors(response))
        .containsExactly(
            "Access-Control-Allow-Origin: https://app.example",
            "Access-Control-Allow-Methods: GET, QUERY",
            "Access-Control-Allow-Headers: X-Api-Key",
            "Access-Control-Max-Age: 60");
    assertThat(cors.apply(Handler.nonBlocking(_ -> Response.empty(204))).execution())
        .isEqualTo(Execution.NON_BLOCKING);
  }

  @Test
  void mistakes_areRefused() {
    for (String origin : List.of("null", "*", "https://*.example", "app.example", APP + "/x")) {
      assertThatThrownBy(() -> Cors.of(origin)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Cors.of()).hasMessageStartingWith("cors: expected origins, got none");
    assertThatThrownBy(() -> Cors.of(APP).withExposedHeaders("a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cors.of(APP).withRequestHeaders("a b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cors.of(APP).withMaxAge(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
