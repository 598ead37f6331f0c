package dev.leantea.routing;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Body;
import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Handler OK = _ -> Response.text(200, "ok");

  private static Handler saying(String text) {
    return _ -> Response.text(200, text);
  }

  private static Filter adding(String value) {
    return next -> request -> next.handle(request).addHeader("X", value);
  }

  private static Response call(Handler handler, Method method, String target) throws Exception {
    return handler.handle(Request.of(method, target));
  }

  private static String text(Handler handler, Method method, String target) throws Exception {
    Response response = call(handler, method, target);
    return response.body() instanceof Body.Bytes(byte[] content)
        ? response.status() + " " + new String(content, StandardCharsets.UTF_8)
        : "stream";
  }

  @Test
  void handle_pathAndMethod_theRoute() throws Exception {
    Router router =
        Router.builder()
            .get("/a", saying("get"))
            .post("/a", saying("post"))
            .put("/a", saying("put"))
            .patch("/a", saying("patch"))
            .delete("/a", saying("delete"))
            .route(Method.TRACE, "/a", saying("trace"))
            .build();
    for (Method method :
        List.of(Method.GET, Method.POST, Method.PUT, Method.PATCH, Method.DELETE)) {
      assertThat(text(router, method, "/a")).isEqualToIgnoringCase("200 " + method);
    }
    assertThat(text(router, Method.TRACE, "/a?x")).isEqualTo("200 trace");
  }

  @Test
  void handle_parameters_decoded() throws Exception {
    Router router =
        Router.builder()
            .get("/u/{id}", request -> Response.text(200, request.path("id")))
            .get(
                "/f/{dir}/{rest...}",
                it -> Response.text(200, it.path("dir") + "|" + it.path("rest")))
            .build();
    assertThat(text(router, Method.GET, "/u/a%2Fb%20c")).isEqualTo("200 a/b c");
    assertThat(text(router, Method.GET, "/f/x/y/../z//")).isEqualTo("200 x|z//");
    assertThat(text(router, Method.GET, "/u/../u/./%41")).isEqualTo("200 A");
  }

  @Test
  void handle_noSuchPath_404() throws Exception {
    Router router = Router.builder().get("/a", OK).build();
    for (String target : List.of("/", "/b", "/a/", "/A", "/a/b", "//a")) {
      assertThat(text(router, Method.GET, target)).isEqualTo("404 {\"error\":\"not found\"}");
    }
    assertThat(call(router, Method.CONNECT, "a:443").status()).isEqualTo(404);
    assertThat(call(router, Method.OPTIONS, "/b").status()).isEqualTo(404);
  }

  @Test
  void handle_otherMethod_405WithAllow() throws Exception {
    Router router = Router.builder().get("/a", OK).delete("/a", OK).build();
    Response response = call(router, Method.POST, "/a");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers().all("Allow")).containsExactly("GET, HEAD, DELETE, OPTIONS");
  }

  @Test
  void handle_headOfAGetRoute_theSameHandler() throws Exception {
    Router router = Router.builder().get("/a", OK).get("/{x}", saying("x")).build();
    assertThat(text(router, Method.HEAD, "/a")).isEqualTo("200 ok");
    assertThat(text(router, Method.HEAD, "/b")).isEqualTo("200 x");
    Router own = Router.builder().get("/a", OK).route(Method.HEAD, "/a", saying("head")).build();
    assertThat(text(own, Method.HEAD, "/a")).isEqualTo("200 head");
  }

  @Test
  void handle_options_204WithAllowOrARouteOfItsOwn() throws Exception {
    Router router =
        Router.builder().get("/a", OK).route(Method.OPTIONS, "/b", saying("mine")).build();
    Response response = call(router, Method.OPTIONS, "/a");
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.headers().all("Allow")).containsExactly("GET, HEAD, OPTIONS");
    assertThat(text(router, Method.OPTIONS, "/b")).isEqualTo("200 mine");
    assertThat(call(router, Method.OPTIONS, "*").headers().all("Allow"))
        .containsExactly("GET, HEAD, OPTIONS");
  }

  @Test
  void group_prefixAndFilters_stayInside() throws Exception {
    Router router =
        Router.builder()
            .filter(adding("outer"))
            .group(
                "/api",
                api ->
                    api.filter(adding("inner"))
                        .get("/", saying("root"))
                        .group(
                            "/{version}",
                            v -> v.get("/a", it -> Response.text(200, it.path("version")))))
            .get("/a", OK)
            .build();
    assertThat(call(router, Method.GET, "/api").headers().all("X"))
        .containsExactly("inner", "outer");
    assertThat(text(router, Method.GET, "/api/v1/a")).isEqualTo("200 v1");
    assertThat(call(router, Method.GET, "/api/v1/a").headers().all("X"))
        .containsExactly("inner", "outer");
    assertThat(call(router, Method.GET, "/a").headers().all("X")).containsExactly("outer");
  }

  @Test
  void group_slashes_makeNoEmptySegment() throws Exception {
    for (String prefix : List.of("/", "//")) {
      Router router = Router.builder().group(prefix, all -> all.get("/a", OK).get("/", OK)).build();
      assertThat(call(router, Method.GET, "/a").status()).isEqualTo(200);
      assertThat(call(router, Method.GET, "/").status()).isEqualTo(200);
      assertThat(call(router, Method.GET, "//a").status()).isEqualTo(404);
    }
    Router router =
        Router.builder()
            .group(
                "/api/",
                api -> api.get("/a", OK).get("/", OK).group("/", same -> same.get("/b", OK)))
            .build();
    assertThat(call(router, Method.GET, "/api/a").status()).isEqualTo(200);
    assertThat(call(router, Method.GET, "/api/b").status()).isEqualTo(200);
    assertThat(call(router, Method.GET, "/api").status()).isEqualTo(200);
    assertThat(call(router, Method.GET, "/api//a").status()).isEqualTo(404);
  }

  @Test
  void group_malformed_saysWhatAndWhere() {
    assertThatThrownBy(() -> Router.builder().group("", _ -> {}))
        .hasMessage("route: expected a path that starts with /, got \"\"");
    assertThatThrownBy(() -> Router.builder().group("/:v", _ -> {}))
        .hasMessageContaining("got \":v\" in \"/:v\"");
    assertThatThrownBy(() -> Router.builder().group("/{all...}", group -> group.get("/a", OK)))
        .hasMessageContaining("nothing after {rest...}");
  }

  @Test
  void handle_encodedLiteral_matchesDecoded() throws Exception {
    Router router = Router.builder().get("/a%20b", OK).get("/c", OK).build();
    assertThat(call(router, Method.GET, "/a%20b").status()).isEqualTo(200);
    assertThat(call(router, Method.GET, "/%61%20b").status()).isEqualTo(200);
    assertThat(call(router, Method.GET, "/%63").status()).isEqualTo(200);
  }

  @Test
  void handle_routerWithinARouter_isResolvedToo() throws Exception {
    Router inner = Router.builder().get("/a/b", nonBlocking(OK)).get("/a/{x}", OK).build();
    Router outer = Router.builder().get("/a/{rest...}", inner).build();
    assertThat(text(outer, Method.GET, "/a/b")).isEqualTo("200 ok");
    assertThat(call(outer, Method.GET, "/a/c/d").status()).isEqualTo(404);
    assertThat(resolve(outer, "/a/b").execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(resolve(outer, "/a/b").route()).isEqualTo("/a/b");
    assertThat(resolve(outer, "/a/c").execution()).isEqualTo(Execution.BLOCKING);
    assertThat(resolve(outer, "/a/c").route()).isEqualTo("/a/{x}");
    assertThat(resolve(outer, "/a/c/d").route()).isEqualTo("/a/{rest...}");
  }

  @Test
  void resolve_route_isThePattern() {
    Router router =
        Router.builder()
            .get("/", OK)
            .group("/users", users -> users.filter(adding("f")).get("/{id}", OK))
            .build();
    assertThat(resolve(router, "/").route()).isEqualTo("/");
    assertThat(resolve(router, "/users/42").route()).isEqualTo("/users/{id}");
    assertThat(resolve(router, "/none").route()).isEmpty();
    assertThat(resolve(adding("f").apply(router), "/users/42").route()).isEqualTo("/users/{id}");
  }

  @Test
  void handle_request_hasTheRoute() throws Exception {
    Handler telling = request -> Response.text(200, request.route());
    Router inner = Router.builder().get("/in/{x}", telling).build();
    Router router =
        Router.builder()
            .get("/a", telling)
            .get("/b/{x}", telling)
            .get("/in/{rest...}", inner)
            .filter(next -> request -> next.handle(request).header("X", request.route()))
            .get("/c/{x}", telling)
            .build();
    assertThat(text(router, Method.GET, "/a")).isEqualTo("200 /a");
    assertThat(text(router, Method.GET, "/b/1")).isEqualTo("200 /b/{x}");
    assertThat(text(router, Method.GET, "/in/1")).isEqualTo("200 /in/{x}");
    assertThat(call(router, Method.GET, "/c/1").headers().all("X")).containsExactly("/c/{x}");
  }

  private static Handler resolve(Handler handler, String target) {
    return handler.resolve(Request.of(Method.GET, target));
  }

  @Test
  void build_twoForTheSameRequests_refused() {
    var builder = Router.builder().get("/a/{x}", OK).get("/a/{y}", OK);
    assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void handle_handlerThrows_passedOn() {
    Router router =
        Router.builder()
            .get(
                "/a",
                _ -> {
                  throw new HttpException(418, "tea");
                })
            .build();
    assertThatThrownBy(() -> call(router, Method.GET, "/a")).isInstanceOf(HttpException.class);
  }
}
