package dev.leantea.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private static final Request REQUEST = Request.of(Method.GET, "/");
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofDays(1);

  @Test
  void handle_inTime_isAnswered() throws Exception {
    Handler handler = TimeLimit.of(LONG).apply(_ -> Response.text(200, "ok"));
    assertThat(handler.handle(REQUEST).status()).isEqualTo(200);
  }

  @Test
  void handle_waitsTooLong_isInterrupted_503() throws Exception {
    Handler handler =
        TimeLimit.of(SHORT)
            .apply(
                _ -> {
                  new CountDownLatch(1).await();
                  return Response.empty(204);
                });
    Response response = handler.handle(REQUEST);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.bodyText()).isEqualTo("{\"error\":\"the request took too long\"}");
    assertThat(Thread.currentThread().isInterrupted()).as("left behind").isFalse();
  }

  @Test
  void handle_answersAlthoughInterrupted_503_andItsResponseIsClosed() throws Exception {
    var closed = new AtomicInteger();
    Handler handler =
        TimeLimit.of(SHORT)
            .apply(
                _ -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                  }
                  return Response.text(200, "late").onClose(closed::incrementAndGet);
                });
    assertThat(handler.handle(REQUEST).status()).isEqualTo(503);
    assertThat(closed.get()).isEqualTo(1);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void handle_ownInterrupt_isKept() throws Exception {
    Handler handler =
        TimeLimit.of(LONG)
            .apply(
                _ -> {
                  Thread.currentThread().interrupt();
                  return Response.empty(204);
                });
    assertThat(handler.handle(REQUEST).status()).isEqualTo(204);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void handle_clientGone_passes() {
    Handler handler =
        TimeLimit.of(LONG)
            .apply(
                _ -> {
                  throw new ClientGoneException("left");
                });
    assertThatThrownBy(() -> handler.handle(REQUEST)).isInstanceOf(ClientGoneException.class);
  }

  @Test
  void apply_nonBlockingHandler_leavesTheLoop() {
    Handler handler = TimeLimit.of(LONG).apply(Handler.nonBlocking(_ -> Response.empty(204)));
    assertThat(handler.execution()).isEqualTo(Execution.BLOCKING);
  }

  @Test
  void of_noTime_refused() {
    assertThatThrownBy(() -> TimeLimit.of(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time limit: expected more than 0, got PT0S");
  }
}
