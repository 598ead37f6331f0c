package dev.leantea.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
  private static final Request REQUEST = Request.of(Method.GET, "/a");

  @Test
  void handle_beyondTheLimit_503_untilAResponseIsClosed() throws Exception {
    Handler handler = ConcurrencyLimit.of(2).apply(_ -> Response.empty(204));
    List<Response> open = new ArrayList<>();
    open.add(handler.handle(REQUEST));
    open.add(handler.handle(REQUEST));
    Response busy = handler.handle(REQUEST);
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.headers().first("Retry-After")).contains("1");
    busy.close();
    assertThat(handler.handle(REQUEST).status()).as("a refusal holds no slot").isEqualTo(503);
    open.getFirst().close();
    open.getFirst().close();
    assertThat(handler.handle(REQUEST).status()).isEqualTo(204);
    assertThat(handler.handle(REQUEST).status()).as("closed twice counts once").isEqualTo(503);
  }

  @Test
  void handle_failures_freeTheirSlot() throws Exception {
    Handler failing =
        ConcurrencyLimit.of(1)
            .apply(
                _ -> {
                  throw HttpException.of(404, "not found");
                });
    for (int i = 0; i < 3; i++) {
      Response response = failing.handle(REQUEST);
      assertThat(response.status()).isEqualTo(404);
      response.close();
    }
    Handler left =
        ConcurrencyLimit.of(1)
            .apply(
                _ -> {
                  throw new ClientGoneException("left");
                });
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> left.handle(REQUEST)).isInstanceOf(ClientGoneException.class);
    }
  }

  @Test
  void scope_eachRoute_hasItsOwnCount() throws Exception {
    Handler router =
        Router.builder()
            .scope(
                ConcurrencyLimit.of(1),
                limited ->
                    limited.get("/a", _ -> Response.empty(204)).get("/b", _ -> Response.empty(204)))
            .build();
    assertThat(router.handle(REQUEST).status()).isEqualTo(204);
    assertThat(router.handle(REQUEST).status()).isEqualTo(503);
    assertThat(router.handle(Request.of(Method.GET, "/b")).status()).isEqualTo(204);
  }

  @Test
  void apply_nonBlockingHandler_staysOnTheLoop() {
    Handler handler = ConcurrencyLimit.of(1).apply(Handler.nonBlocking(_ -> Response.empty(204)));
    assertThat(handler.execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThatThrownBy(() -> ConcurrencyLimit.of(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
