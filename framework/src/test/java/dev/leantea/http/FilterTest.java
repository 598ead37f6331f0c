package dev.leantea.http;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FilterTest {
  private static final Request REQUEST = Request.of(Method.GET, "/");

  private static Filter adding(String value) {
    return next -> request -> next.handle(request).addHeader("X", value);
  }

  /** A handler that resolves to another, as a router does. */
  private record Routing(Handler target) implements Handler {
    @Override
    public Response handle(Request request) throws Exception {
      return resolve(request).handle(request);
    }

    @Override
    public Handler resolve(Request request) {
      return target;
    }
  }

  private record Routed(String route, Execution execution) implements Handler {
    @Override
    public Response handle(Request request) {
      return Response.text(200, route);
    }
  }

  @Test
  void execution_ofSeveral_computesIfOneDoes_andNeverBlocksIfNoneDoes() {
    assertThat(Execution.NON_BLOCKING.and(Execution.COMPUTING)).isEqualTo(Execution.COMPUTING);
    assertThat(Execution.COMPUTING.and(Execution.NON_BLOCKING)).isEqualTo(Execution.COMPUTING);
    assertThat(Execution.COMPUTING.and(Execution.BLOCKING)).isEqualTo(Execution.COMPUTING);
    assertThat(Execution.BLOCKING.and(Execution.COMPUTING)).isEqualTo(Execution.COMPUTING);
    assertThat(Execution.BLOCKING.and(Execution.NON_BLOCKING)).isEqualTo(Execution.BLOCKING);
  }

  @Test
  void then_outerFirst() throws Exception {
    Handler handler = adding("outer").then(adding("inner")).apply(_ -> Response.empty(200));
    assertThat(handler.handle(REQUEST).headers().all("X")).containsExactly("inner", "outer");
  }

  @Test
  void execution_nonBlockingOnlyWhenBothAre() {
    Filter never = Filter.nonBlocking(adding("a"));
    assertThat(adding("a").execution()).isEqualTo(Execution.BLOCKING);
    assertThat(never.then(never).execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(never.then(adding("b")).execution()).isEqualTo(Execution.BLOCKING);
    assertThat(adding("b").then(never).execution()).isEqualTo(Execution.BLOCKING);
  }

  @Test
  void apply_handler_keepsWhatItDeclares() {
    Filter never = Filter.nonBlocking(adding("a"));
    Handler may = _ -> Response.empty(200);
    assertThat(never.apply(nonBlocking(may)).execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(never.apply(may).execution()).isEqualTo(Execution.BLOCKING);
    assertThat(adding("a").apply(nonBlocking(may)).execution()).isEqualTo(Execution.BLOCKING);
    assertThat(never.apply(new Routed("/x", Execution.NON_BLOCKING)).route()).isEqualTo("/x");
  }

  @Test
  void apply_routingHandler_resolvesToTheFilteredTarget() throws Exception {
    var routing = new Routing(new Routed("/x", Execution.NON_BLOCKING));
    Filter filter = Filter.nonBlocking(adding("outer")).then(Filter.nonBlocking(adding("inner")));
    Handler resolved = filter.apply(routing).resolve(REQUEST);
    assertThat(resolved.route()).isEqualTo("/x");
    assertThat(resolved.execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(resolved.handle(REQUEST).headers().all("X")).containsExactly("inner", "outer");
    assertThat(filter.apply(routing).handle(REQUEST).headers().all("X"))
        .containsExactly("inner", "outer");
    assertThat(adding("a").apply(routing).resolve(REQUEST).execution())
        .isEqualTo(Execution.BLOCKING);
  }

  @Test
  void apply_routingHandler_wrapsOnce() throws Exception {
    var wraps = new AtomicInteger();
    Filter counting =
        next -> {
          wraps.incrementAndGet();
          return next;
        };
    Handler handler = counting.apply(new Routing(_ -> Response.empty(200)));
    for (int i = 0; i < 3; i++) {
      assertThat(handler.resolve(REQUEST).handle(REQUEST).status()).isEqualTo(200);
    }
    assertThat(wraps).hasValue(1);
  }

  @Test
  void apply_handlerThrows_filterSeesTheResponse() throws Exception {
    assertThat(call(new HttpException(418, "tea")).status()).isEqualTo(418);
    assertThat(call(new IllegalStateException("on purpose")).status()).isEqualTo(500);
    assertThat(call(new IOException("on purpose")).status()).isEqualTo(500);
    assertThat(call(new RequestBodyException(413, "too large")).status()).isEqualTo(413);
    assertThat(call(new StackOverflowError("on purpose")).status()).isEqualTo(500);
    assertThat(call(new HttpException(418, "tea")).headers().all("X")).containsExactly("a");
    assertThat(call(new IllegalStateException("on purpose")).headers().all("X"))
        .containsExactly("a");
  }

  @Test
  void apply_handlerReturnsNull_filterSees500() throws Exception {
    Response response = adding("a").apply(_ -> nothing()).handle(REQUEST);
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.headers().all("X")).containsExactly("a");
  }

  @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a handler written elsewhere may do
  private static Response nothing() {
    return null;
  }

  @Test
  void apply_filterThrows_outerFilterSeesTheResponse() throws Exception {
    Filter refusing =
        _ ->
            _ -> {
              throw new HttpException(401, "who?");
            };
    Handler handler = adding("outer").then(refusing).apply(_ -> Response.empty(200));
    Response response = handler.handle(REQUEST);
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.headers().all("X")).containsExactly("outer");
  }

  static Stream<Exception> failuresOfConnections() {
    var gone = new ClientGoneException("gone");
    return Stream.of(
        gone, new UncheckedIOException(gone), new IllegalStateException(new IOException(gone)));
  }

  @ParameterizedTest
  @MethodSource("failuresOfConnections")
  void apply_connectionIsGone_isThrownThroughTheFilter(Exception failure) {
    var seen = new ArrayList<Throwable>();
    Filter watching =
        next ->
            request -> {
              try {
                return next.handle(request);
              } catch (ClientGoneException e) {
                seen.add(e);
                throw e;
              }
            };
    Handler handler = watching.apply(_ -> failWith(failure));
    assertThatThrownBy(() -> handler.handle(REQUEST)).hasMessage("gone");
    assertThat(seen).hasSize(1);
  }

  @Test
  void apply_resolveThrows_filterSeesTheResponse() throws Exception {
    Handler refusing =
        new Handler() {
          @Override
          public Response handle(Request request) {
            return resolve(request).route().isEmpty() ? Response.empty(204) : Response.empty(200);
          }

          @Override
          public Handler resolve(Request request) {
            throw new HttpException(400, "no");
          }
        };
    Response response = adding("a").apply(refusing).resolve(REQUEST).handle(REQUEST);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers().all("X")).containsExactly("a");
  }

  private static Response call(Throwable cause) throws Exception {
    return adding("a").apply(_ -> failWith(cause)).handle(REQUEST);
  }

  private static Response failWith(Throwable cause) throws Exception {
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }

  @Test
  void handler_nonBlocking_declares() throws Exception {
    Handler handler = nonBlocking(_ -> Response.empty(204));
    assertThat(handler.execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(handler.resolve(REQUEST)).isSameAs(handler);
    assertThat(handler.handle(REQUEST).status()).isEqualTo(204);
  }

  @Test
  void handler_nonBlockingAroundARoutingHandler_keepsTheRoute() {
    var routing = new Routing(new Routed("/x", Execution.BLOCKING));
    Handler resolved = nonBlocking(routing).resolve(REQUEST);
    assertThat(resolved.route()).isEqualTo("/x");
    assertThat(resolved.execution()).isEqualTo(Execution.NON_BLOCKING);
  }
}
