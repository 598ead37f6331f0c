package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exactly one Connection field on every response, and the connection does what it says. */
public abstract class KeepAliveContract extends ServerContract {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "HTTP/1.1 | -                     | keep-alive",
        "HTTP/1.1 | keep-alive            | keep-alive",
        "HTTP/1.1 | Keep-Alive            | keep-alive",
        "HTTP/1.1 | close                 | close",
        "HTTP/1.1 | CLOSE                 | close",
        "HTTP/1.1 | keep-alive, close     | close",
        "HTTP/1.1 | x-foo,close , x-bar   | close",
        "HTTP/1.1 | closed                | keep-alive",
        "HTTP/1.0 | -                     | close",
        "HTTP/1.0 | keep-alive            | keep-alive",
        "HTTP/1.0 | close                 | close",
        "HTTP/1.0 | keep-alive, close     | close",
      })
  void connectionField_versionAndRequestDecide(String version, String option, String expected)
      throws IOException {
    String field = option == null ? "" : "Connection: " + option + "\r\n";
    for (String path : new String[] {"/health", "/health/blocking", "/nothing", "/fail/http"}) {
      try (WireClient client = connect()) {
        client.send("GET " + path + " " + version + "\r\nHost: a\r\n" + field + "\r\n");
        assertThat(client.read().field("Connection")).as(path).isEqualTo(expected);
        expectFate(client, expected);
      }
    }
  }

  private static void expectFate(WireClient client, String connection) throws IOException {
    if (connection.equals("close")) {
      client.expectEnd();
    } else {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void handlerSaysClose_isHonoured() throws IOException {
    try (WireClient client = connect()) {
      assertThat(client.get("/close").read().field("Connection")).isEqualTo("close");
      client.expectEnd();
    }
  }

  @Test
  void requestAfterClose_isNotServed() throws IOException {
    String request = "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    try (WireClient client = connect()) {
      client.send(request + "GET /json HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.read().text()).isEqualTo("ok");
      client.expectEnd();
    }
  }

  @Test
  void badRequest_doesNotCostTheAnswersBeforeIt() throws IOException {
    String good = "GET /health/blocking HTTP/1.1\r\nHost: a\r\n\r\n";
    try (WireClient client = connect()) {
      client.send(good + good + "GET /health HTTP/1.1\r\n\r\n" + good);
      assertThat(client.read().text()).isEqualTo("ok");
      assertThat(client.read().text()).isEqualTo("ok");
      Reply refused = client.read();
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.field("Connection")).isEqualTo("close");
      client.expectEnd();
    }
  }

  @Test
  void halfClosedClient_getsAllItsAnswers() throws IOException {
    String request = "GET /sleep/20 HTTP/1.1\r\nHost: a\r\n\r\n";
    try (WireClient client = connect()) {
      client.send(request + request + request);
      client.shutdownOutput();
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().text()).isEqualTo("slept");
      }
      client.expectEnd();
    }
  }
}
