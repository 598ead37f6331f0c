package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.filter.ConcurrencyLimit;
import dev.leantea.filter.RateLimit;
import dev.leantea.filter.TimeLimit;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Limits for handlers: time, requests at the same time, requests of a client. */
public abstract class HandlerLimitContract extends ServerContract {
  private final CountDownLatch streaming = new CountDownLatch(1);

  @Override
  protected Handler application() {
    return Router.builder()
        .scope(
            TimeLimit.of(Duration.ofMillis(20)),
            limited -> limited.get("/slow", _ -> waitForEver()))
        .scope(
            TimeLimit.of(Duration.ofDays(1)), limited -> limited.get("/quick", _ -> text("quick")))
        .scope(ConcurrencyLimit.of(1), limited -> limited.get("/one", _ -> stream()))
        .scope(
            RateLimit.of(2, Duration.ofHours(1)).by(it -> it.header("X-Key").orElse("none")),
            limited -> limited.get("/few", nonBlocking(_ -> text("few"))))
        .build();
  }

  private static Response text(String text) {
    return Response.text(200, text);
  }

  private static Response waitForEver() throws InterruptedException {
    new CountDownLatch(1).await();
    return text("never");
  }

  private Response stream() {
    return Response.stream(
        200,
        MediaType.TEXT,
        out -> {
          out.write('a');
          out.flush();
          streaming.await();
        });
  }

  @Test
  void time_over_503_andTheConnectionLives() throws Exception {
    try (WireClient client = connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/slow").read().status()).isEqualTo(503);
        assertThat(client.get("/quick").read().text()).isEqualTo("quick");
      }
    }
  }

  @Test
  void atTheSameTime_oneStreams_theOtherIs503_untilItHasEnded() throws Exception {
    try (WireClient first = connect();
        WireClient second = connect()) {
      first.get("/one");
      assertThat(first.readHead(200)).isNotEmpty();
      Reply busy = second.get("/one").read();
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.field("Retry-After")).isEqualTo("1");
      streaming.countDown();
      assertThat(first.chunks().readAllBytes()).containsExactly('a');
      Reply again = second.get("/one").read();
      while (again.status() == 503) { // closed a moment after its last byte was sent
        again = second.get("/one").read();
      }
      assertThat(again.text()).isEqualTo("a");
    }
  }

  @Test
  void rate_tooMany_429_forThisKeyAlone() throws Exception {
    try (WireClient client = connect()) {
      for (String expected : new String[] {"200", "200", "429", "429"}) {
        client.send("GET /few HTTP/1.1\r\nHost: a\r\nX-Key: a\r\n\r\n");
        Reply reply = client.read();
        assertThat(reply.status()).isEqualTo(Integer.parseInt(expected));
        assertThat(reply.first("Retry-After").isPresent()).isEqualTo(reply.status() == 429);
      }
      client.send("GET /few HTTP/1.1\r\nHost: a\r\nX-Key: b\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
    }
  }
}
