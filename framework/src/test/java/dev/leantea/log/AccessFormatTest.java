package dev.leantea.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AccessFormatTest {
  private static final Instant END = Instant.parse("2026-01-31T12:00:01.500Z");
  private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
  private static final String TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneId.systemDefault())
          .format(BEGIN);

  private static final Request REQUEST =
      Request.of(Method.GET, "/teas/7?a=b")
          .withRemoteAddress(new InetSocketAddress("192.0.2.1", 4711));

  @Test
  void common_answered() {
    assertThat(AccessFormat.common().line(Exchanges.answered(REQUEST), END))
        .isEqualTo("192.0.2.1 - - [" + TIME + "] \"GET /teas/7?a=b HTTP/1.1\" 200 5");
  }

  @Test
  void common_noRequest_hasDashes() {
    assertThat(AccessFormat.common().line(Exchanges.refused(), END))
        .startsWith("- - - [")
        .endsWith("] \"-\" 400 -");
  }

  @Test
  void combined_fieldsOfTheClient_cannotForgeAField() {
    Request forged =
        REQUEST
            .withHeader("Referer", "http://a/\" 200 1 \"x")
            .withHeader("User-Agent", "tea\\\t\u00fc");
    assertThat(AccessFormat.combined().line(Exchanges.answered(forged), END))
        .endsWith("\" 200 5 \"http://a/\\\" 200 1 \\\"x\" \"tea\\\\\\x09\\xFC\"");
    assertThat(AccessFormat.combined().line(Exchanges.answered(REQUEST), END))
        .endsWith("\" 200 5 \"-\" \"-\"");
  }

  @Test
  void common_clientOfAProxy_isOneWord() {
    AccessFormat format = AccessFormat.common(_ -> "evil\n\" x");
    assertThat(format.line(Exchanges.answered(REQUEST), END)).startsWith("evil\\x0A\\\"\\x20x - -");
    assertThat(AccessFormat.common(_ -> "").line(Exchanges.answered(REQUEST), END))
        .startsWith("- - - [");
  }

  @Test
  void json_allThatThereIs() {
    Request request =
        RequestIds.identified(
            REQUEST.withHeader("X-Request-Id", "abc").withHeader("User-Agent", "a\"b"));
    assertThat(AccessFormat.json().line(Exchanges.answered(request), END))
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"abc\",\"client\":\"192.0.2.1\","
                + "\"method\":\"GET\",\"target\":\"/teas/7?a=b\",\"protocol\":\"HTTP/1.1\","
                + "\"userAgent\":\"a\\\"b\",\"route\":\"/teas/{id}\",\"status\":200,\"bytes\":5,"
                + "\"micros\":1500000,\"outcome\":\"completed\"}");
  }

  @Test
  void json_refused_itsReason() {
    CompletedExchange refused = Exchanges.refused();
    assertThat(AccessFormat.json().line(refused, END))
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:01.500Z\",\"status\":400,\"bytes\":0,\"micros\":0,"
                + "\"outcome\":\"refused\",\"reason\":\"malformed request line\"}");
  }
}
