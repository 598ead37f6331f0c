package dev.leantea.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.RecordedLog;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  private static final Request REQUEST = Request.of(Method.GET, "/teas/7");

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void completed_everyExchange_isALine_inOrder() {
    try (AccessLog log = AccessLog.of((exchange, _) -> exchange.reason() + "!", lines::add)) {
      for (int i = 0; i < 100; i++) {
        log.completed(Exchanges.answered(REQUEST));
      }
      log.completed(Exchanges.refused());
    }
    assertThat(lines).hasSize(101).last().isEqualTo("malformed request line!");
  }

  @Test
  void close_exchangesThatEndLater_areNotLogged_andAgainDoesNothing() {
    AccessLog log = AccessLog.of(AccessFormat.common(), lines::add);
    log.close();
    log.completed(Exchanges.refused());
    log.close();
    assertThat(lines).isEmpty();
  }

  @Test
  void completed_sinkThatFails_costsItsLineAlone() {
    try (var recorded = new RecordedLog(Level.WARNING)) {
      try (AccessLog log = AccessLog.of(AccessFormat.common(), this::failWithoutRequest)) {
        log.completed(Exchanges.refused());
        log.completed(Exchanges.answered(REQUEST));
      }
      assertThat(lines).hasSize(1);
      assertThat(recorded.messages("the sink of the access log failed")).hasSize(1);
    }
  }

  private void failWithoutRequest(String line) {
    if (line.contains("\"-\"")) {
      throw new IllegalStateException("full");
    }
    lines.add(line);
  }

  @Test
  void completed_sinkThatIsSlower_dropsAndCounts() {
    var slow = new CountDownLatch(1);
    try (var recorded = new RecordedLog(Level.WARNING)) {
      try (AccessLog log = AccessLog.of(AccessFormat.common(), line -> await(slow, line))) {
        for (int i = 0; i < 30_000; i++) {
          log.completed(Exchanges.refused());
        }
        slow.countDown();
      }
      int dropped = 30_000 - lines.size();
      assertThat(dropped).isBetween(1, 20_000);
      List<String> messages = recorded.messages("access log: dropped ");
      assertThat(messages.stream().mapToInt(AccessLogTest::dropped).sum()).isEqualTo(dropped);
    }
  }

  private void await(CountDownLatch latch, String line) {
    try {
      latch.await();
      lines.add(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int dropped(String line) {
    return Integer.parseInt(line.replaceFirst("(?s).*dropped (\\d+) lines.*", "$1"));
  }

  @Test
  void started_requestsHaveIds_whereTheFormatNeedsThem() {
    try (AccessLog json = AccessLog.of(AccessFormat.json(), lines::add);
        AccessLog common = AccessLog.of(AccessFormat.common(), lines::add)) {
      assertThat(RequestIds.of(json.started(REQUEST))).isPresent();
      assertThat(common.started(REQUEST)).isSameAs(REQUEST);
    }
  }
}
