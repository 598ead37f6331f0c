package dev.leantea.http;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FilterTest {
  private static Filter adding(String value) {
    return next -> request -> next.handle(request).addHeader("X", value);
  }

  @Test
  void then_outerFirst() throws Exception {
    Handler handler = adding("outer").then(adding("inner")).apply(_ -> Response.empty(200));
    assertThat(handler.handle(Request.of(Method.GET, "/")).headers().all("X"))
        .containsExactly("inner", "outer");
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
  void handler_nonBlocking_declares() throws Exception {
    Handler handler = nonBlocking(_ -> Response.empty(204));
    assertThat(handler.execution()).isEqualTo(Execution.NON_BLOCKING);
    assertThat(handler.resolve(Request.of(Method.GET, "/"))).isSameAs(handler);
    assertThat(handler.handle(Request.of(Method.GET, "/")).status()).isEqualTo(204);
  }
}
