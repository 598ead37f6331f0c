package dev.leantea.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Execution;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Typed routes as a router serves them. */
class TypedRouterTest {
  private final Routes<Shop> shop = Routes.of(Shop.class);
  private final Router router =
      Router.builder()
          .typed(shop, TypedRouterTest::answer)
          .get("/plain", _ -> Response.text(200, "plain"))
          .build();

  private static Response answer(Shop page, Request request) {
    return switch (page) {
      case Shop.Health() -> Response.text(200, "ok");
      case Shop.User(long id) -> Response.text(200, "user " + id);
      case Shop.CreateUser(Shop.NewUser user, var source) ->
          Response.text(201, user + " " + source);
      case Shop.File file -> Response.text(200, request.path("path") + " = " + file.path());
      case Shop.Me _,
          Shop.Name _,
          Shop.RootName _,
          Shop.Search _,
          Shop.InPath _,
          Shop.InQuery _,
          Shop.ReplaceUsers _,
          Shop.Admin _ ->
          Response.text(200, page.toString());
    };
  }

  private static String text(Response response) {
    return switch (response.body()) {
      case dev.leantea.http.Body.Bytes bytes ->
          new String(bytes.content(), java.nio.charset.StandardCharsets.UTF_8);
      default -> throw new AssertionError(response.body());
    };
  }

  @ParameterizedTest
  @CsvSource({
    "/health, ok",
    "/users/42, user 42",
    "/users/me, Me[]",
    "/files/a%20b/c, a b/c = a b/c",
    "/search?q=%C3%A9&page=3, 'Search[q=é, page=OptionalInt[3]]'",
    "/plain, plain",
  })
  void get_knownPage_isAnswered(String target, String expected) throws Exception {
    Response response = router.handle(Request.of(Method.GET, target));
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEqualTo(expected);
  }

  @Test
  void post_body_isTyped() throws Exception {
    Request request =
        Request.of(Method.POST, "/users?source=x").withBody("{\"name\":\"Ada\",\"age\":36}");
    assertThat(text(router.handle(request))).isEqualTo("NewUser[name=Ada, age=36] Optional[x]");
  }

  @ParameterizedTest
  @CsvSource({
    "/users/abc, 404, not found",
    "/users/99999999999999999999, 404, not found",
    "/search?page=1, 400, 'query parameter q: expected a value, got none'",
    "/search?q=a&page=x, 400, 'query parameter page: expected a whole number, got \"x\"'",
    "/search?q=%ff, 400, 'query parameter q: percent-encoding: expected UTF-8, got \"%ff\"'",
  })
  void get_wrongValue_is404ByPathAnd400ByQuery(String target, int status, String message) {
    assertThatThrownBy(() -> router.handle(Request.of(Method.GET, target)))
        .isInstanceOfSatisfying(
            HttpException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.reason()).isEqualTo(message);
            });
  }

  @Test
  void get_wrongQueryValue_namesTheParameterForPrograms() {
    assertThatThrownBy(() -> router.handle(Request.of(Method.GET, "/search?q=a&page=x")))
        .isInstanceOfSatisfying(
            HttpException.class,
            e ->
                assertThat(e.fields())
                    .containsExactly(
                        new HttpException.FieldError(
                            "page", "expected a whole number, got \"x\"")));
  }

  @Test
  void get_severalWrongQueryValues_allAreNamed() {
    assertThatThrownBy(() -> router.handle(Request.of(Method.GET, "/search?page=x")))
        .isInstanceOfSatisfying(
            HttpException.class,
            e ->
                assertThat(e.fields())
                    .extracting(HttpException.FieldError::field)
                    .containsExactly("q", "page"));
  }

  @Test
  void get_otherMethod_is405() throws Exception {
    Response response = router.handle(Request.of(Method.DELETE, "/users/42"));
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers().first("Allow")).contains("GET, HEAD, PUT, OPTIONS");
  }

  @Test
  void resolve_declaredNonBlocking_isNonBlocking() {
    assertThat(execution("/health")).isEqualTo(Execution.NON_BLOCKING);
    assertThat(execution("/users/42")).isEqualTo(Execution.BLOCKING);
  }

  private Execution execution(String target) {
    return router.resolve(Request.of(Method.GET, target)).execution();
  }

  @Test
  void typed_inGroup_isRefused() {
    assertThatThrownBy(
            () ->
                Router.builder().group("/api", group -> group.typed(shop, TypedRouterTest::answer)))
        .hasMessage(
            "typed routes: expected the top level, for their links start there, got group /api");
  }

  @Test
  void build_plainRouteForTheSameRequests_isRefused() {
    Router.Builder builder =
        Router.builder()
            .typed(shop, TypedRouterTest::answer)
            .get("/users/{other}", _ -> Response.empty(204));
    assertThatThrownBy(builder::build)
        .hasMessage(
            "route: expected one for each request,"
                + " got both GET /users/{id} and GET /users/{other}");
  }
}
