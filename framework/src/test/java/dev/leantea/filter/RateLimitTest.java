package dev.leantea.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Request REQUEST = Request.of(Method.GET, "/");
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Begins just before {@link System#nanoTime} may overflow. */
  private long now = Long.MAX_VALUE - 10;

  private RateLimit limit(int requests, Duration time) {
    return RateLimit.of(requests, time, () -> now);
  }

  private static Handler around(RateLimit limit) {
    return limit.apply(_ -> Response.empty(204));
  }

  private static Request from(String address) throws UnknownHostException {
    return REQUEST.withRemoteAddress(new InetSocketAddress(InetAddress.getByName(address), 7));
  }

  private int allowed(Handler handler, Request request, int tries) throws Exception {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      allowed += handler.handle(request).status() == 204 ? 1 : 0;
    }
    return allowed;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void handle_burst_thenOneAfterTheOther() throws Exception {
    Handler handler = around(limit(10, SECOND));
    assertThat(allowed(handler, REQUEST, 100)).isEqualTo(10);
    pass(Duration.ofMillis(99));
    assertThat(allowed(handler, REQUEST, 1)).isZero();
    pass(Duration.ofMillis(1));
    assertThat(allowed(handler, REQUEST, 5)).isEqualTo(1);
    pass(Duration.ofMillis(350));
    assertThat(allowed(handler, REQUEST, 5)).isEqualTo(3);
    pass(Duration.ofHours(1));
    assertThat(allowed(handler, REQUEST, 100)).as("no more than a burst").isEqualTo(10);
  }

  @Test
  void handle_tooMany_429_withTheTimeToWait() throws Exception {
    Handler handler = around(limit(1, Duration.ofSeconds(90)));
    assertThat(handler.handle(REQUEST).status()).isEqualTo(204);
    pass(Duration.ofMillis(29_500));
    Response refused = handler.handle(REQUEST);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().first("Retry-After")).as("rounded up").contains("61");
    pass(Duration.ofSeconds(61));
    assertThat(handler.handle(REQUEST).status()).isEqualTo(204);
  }

  @Test
  void withBurst_fewerAtOnce() throws Exception {
    Handler handler = around(limit(10, SECOND).withBurst(2));
    assertThat(allowed(handler, REQUEST, 10)).isEqualTo(2);
    pass(Duration.ofMillis(100));
    assertThat(allowed(handler, REQUEST, 10)).isEqualTo(1);
  }

  @Test
  void keys_byAddress_networksOfIpv6AreOne() throws Exception {
    Handler handler = around(limit(1, SECOND));
    assertThat(allowed(handler, from("192.0.2.1"), 2)).isEqualTo(1);
    assertThat(allowed(handler, from("192.0.2.2"), 2)).isEqualTo(1);
    assertThat(allowed(handler, from("2001:db8::1"), 2)).isEqualTo(1);
    assertThat(allowed(handler, from("2001:db8::2"), 2)).isZero();
    assertThat(allowed(handler, from("2001:db8:0:1::2"), 2)).isEqualTo(1);
  }

  @Test
  void by_anotherKey() throws Exception {
    Handler handler = around(limit(1, SECOND).by(it -> it.header("X-Key").orElse("")));
    assertThat(allowed(handler, REQUEST.withHeader("X-Key", "a"), 2)).isEqualTo(1);
    assertThat(allowed(handler, REQUEST.withHeader("X-Key", "b"), 2)).isEqualTo(1);
  }

  @Test
  void withMaxKeys_theOldestIsForgotten() throws Exception {
    Handler handler = around(limit(1, SECOND).withMaxKeys(16).by(it -> it.header("X").orElse("")));
    for (int i = 0; i < 10_000; i++) {
      assertThat(allowed(handler, REQUEST.withHeader("X", "key" + i), 2)).isEqualTo(1);
    }
    assertThat(allowed(handler, REQUEST.withHeader("X", "key9999"), 1)).as("kept").isZero();
    assertThat(allowed(handler, REQUEST.withHeader("X", "key0"), 1)).as("forgotten").isEqualTo(1);
  }

  @Test
  void of_wrongValues_refused() {
    assertThatThrownBy(() -> RateLimit.of(0, SECOND)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.of(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.of(10, Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.of(1, SECOND).withBurst(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.of(1, SECOND).withMaxKeys(15))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RateLimit.of(1, SECOND).execution()).isEqualTo(Execution.NON_BLOCKING);
  }
}
