package dev.leantea.routing;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Filters of a router: which answers they see, and what they leave as it is. */
class RouterFilterTest {
  private static final Handler OK = _ -> Response.text(200, "ok");

  private static Filter adding(String value) {
    return next -> request -> next.handle(request).addHeader("X", value);
  }

  private static List<String> seenBy(Handler handler, Method method, String target)
      throws Exception {
    Request request = Request.of(method, target);
    return handler.resolve(request).handle(request).headers().all("X");
  }

  @Test
  void filter_addedLater_isAroundLaterRoutes() throws Exception {
    Router router = Router.builder().get("/a", OK).filter(adding("f")).get("/b", OK).build();
    assertThat(seenBy(router, Method.GET, "/a")).isEmpty();
    assertThat(seenBy(router, Method.GET, "/b")).containsExactly("f");
  }

  @Test
  void filter_atTheTop_isAround404405AndOptions() throws Exception {
    Router router = Router.builder().filter(adding("f")).get("/a", OK).build();
    assertThat(seenBy(router, Method.GET, "/none")).containsExactly("f");
    assertThat(seenBy(router, Method.PUT, "/a")).containsExactly("f");
    assertThat(seenBy(router, Method.OPTIONS, "/a")).containsExactly("f");
    assertThat(seenBy(router, Method.OPTIONS, "*")).containsExactly("f");
  }

  @Test
  void scope_filtersItsRoutesAlone() throws Exception {
    Router router =
        Router.builder()
            .filter(adding("top"))
            .scope(adding("one"), one -> one.get("/a", OK).filter(adding("two")).get("/b", OK))
            .group("/g", group -> group.scope(adding("three"), it -> it.get("/c", OK)))
            .get("/d", OK)
            .build();
    assertThat(seenBy(router, Method.GET, "/a")).containsExactly("one", "top");
    assertThat(seenBy(router, Method.GET, "/b")).containsExactly("two", "one", "top");
    assertThat(seenBy(router, Method.GET, "/g/c")).containsExactly("three", "top");
    assertThat(seenBy(router, Method.GET, "/d")).containsExactly("top");
  }

  @Test
  void methodOfNoRoute_passesTheFiltersThatAllRoutesOfThePathShare() throws Exception {
    Router router =
        Router.builder()
            .filter(adding("top"))
            .scope(
                adding("cors"),
                api ->
                    api.get("/a", OK)
                        .scope(adding("one"), it -> it.post("/a", OK).get("/b", OK))
                        .scope(adding("two"), it -> it.put("/a", OK).post("/b", OK)))
            .build();
    assertThat(seenBy(router, Method.DELETE, "/a")).containsExactly("cors", "top");
    assertThat(seenBy(router, Method.OPTIONS, "/a")).containsExactly("cors", "top");
    assertThat(seenBy(router, Method.DELETE, "/b")).containsExactly("cors", "top");
    assertThat(seenBy(router, Method.GET, "/c")).containsExactly("top");
  }

  @Test
  void thrownAnswers_areResponsesToFilters() throws Exception {
    Handler throwing =
        _ -> {
          throw new HttpException(418, "tea");
        };
    Router router = Router.builder().filter(adding("f")).get("/a", throwing).build();
    assertThat(seenBy(router, Method.GET, "/a")).containsExactly("f");
  }

  @Test
  void resolve_execution_keptOrLostThroughFilters() {
    Filter never = Filter.nonBlocking(adding("f"));
    Router router =
        Router.builder()
            .get("/never", nonBlocking(OK))
            .get("/may", OK)
            .get("/never/{x}", nonBlocking(OK))
            .group("/kept", it -> it.filter(never).get("/a", nonBlocking(OK)))
            .group("/lost", it -> it.filter(adding("f")).get("/a", nonBlocking(OK)))
            .group("/not", it -> it.filter(never).get("/a", OK))
            .build();
    for (Handler handler : List.of(router, never.apply(router))) {
      assertThat(execution(handler, "/never")).isEqualTo(Execution.NON_BLOCKING);
      assertThat(execution(handler, "/never/x")).isEqualTo(Execution.NON_BLOCKING);
      assertThat(execution(handler, "/kept/a")).isEqualTo(Execution.NON_BLOCKING);
      assertThat(execution(handler, "/none")).isEqualTo(Execution.NON_BLOCKING);
      assertThat(execution(handler, "/may")).isEqualTo(Execution.BLOCKING);
      assertThat(execution(handler, "/lost/a")).isEqualTo(Execution.BLOCKING);
      assertThat(execution(handler, "/not/a")).isEqualTo(Execution.BLOCKING);
    }
    assertThat(execution(adding("f").apply(router), "/never")).isEqualTo(Execution.BLOCKING);
  }

  @Test
  void resolve_answerOfTheRouterItself_staysOnTheLoopUnlessABodyOrAFilterIsInTheWay() {
    Router plain = Router.builder().get("/a", OK).build();
    Router filtered = Router.builder().filter(adding("f")).get("/a", OK).build();
    var put = Request.of(Method.PUT, "/a");
    assertThat(plain.resolve(put).execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(filtered.resolve(put).execution()).isEqualTo(Execution.BLOCKING);
    assertThat(plain.resolve(put.withHeader("Content-Length", "1")).execution())
        .isEqualTo(Execution.BLOCKING);
  }

  private static Execution execution(Handler handler, String target) {
    return handler.resolve(Request.of(Method.GET, target)).execution();
  }
}
