package dev.leantea.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Body;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  @Test
  void accept_exampleOfTheRfc_switches() {
    Response response = accept(request());
    assertThat(response.status()).isEqualTo(101);
    assertThat(response.headers().first("Upgrade")).contains("websocket");
    assertThat(response.headers().first("Sec-WebSocket-Accept"))
        .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(response.body()).isInstanceOf(Body.Upgrade.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Upgrade | h2c | 426",
        "Connection | keep-alive | 426",
        "Sec-WebSocket-Version | 8 | 426",
        "Sec-WebSocket-Version | 13, 8 | 426",
        "Sec-WebSocket-Key | short | 400",
        "Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZ | 400",
        "Sec-WebSocket-Key | AAAAAAAAAAAAAAAAAAAAAAAA | 400",
        "Sec-WebSocket-Extensions | permessage-deflate; = | 400",
        "Sec-WebSocket-Protocol | a b | 400",
        "Origin | http://evil.example | 403",
      })
  void accept_wrongField_refuses(String name, String value, int status) {
    assertThat(accept(with(name, value)).status()).isEqualTo(status);
  }

  @Test
  void accept_unknownVersion_saysWhichIsKnown() {
    Response response = accept(with("Sec-WebSocket-Version", "8"));
    assertThat(response.headers().all("Sec-WebSocket-Version")).containsExactly("13");
    assertThat(response.headers().first("Upgrade")).contains("websocket");
  }

  @Test
  void accept_twoKeys_refuses() {
    assertThat(accept(request().withAddedHeader("Sec-WebSocket-Key", KEY)).status()).isEqualTo(400);
  }

  @Test
  void accept_post_refuses() {
    Request post = Request.of(Method.POST, "/ws").withHeader("Upgrade", "websocket");
    assertThat(WebSocket.accept(post, _ -> {}).status()).isEqualTo(405);
  }

  @Test
  void accept_listsInAnyCase_areRead() {
    Request request =
        Request.of(Method.GET, "/ws")
            .withHeader("Upgrade", "h2c, WebSocket")
            .withHeader("Connection", "keep-alive")
            .withAddedHeader("Connection", "x, UPGRADE")
            .withHeader("Sec-WebSocket-Version", "13")
            .withHeader("Sec-WebSocket-Key", KEY);
    assertThat(WebSocket.accept(request, _ -> {}).status()).isEqualTo(101);
  }

  @Test
  void accept_origins_byOption() {
    WebSocketOptions options = WebSocketOptions.DEFAULTS;
    var page = with("Origin", "https://tea.example");
    var own = with("Origin", "http://LocalHost");
    var listed = options.withOrigins(new Origins.Listed(Set.of("https://tea.example")));
    assertThat(accept(own, options).status()).isEqualTo(101);
    assertThat(accept(page, options).status()).isEqualTo(403);
    assertThat(accept(page, listed).status()).isEqualTo(101);
    assertThat(accept(own, listed).status()).isEqualTo(403);
    assertThat(accept(page, options.withOrigins(Origins.ANY)).status()).isEqualTo(101);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example, a.example:443, 101",
    "https://a.example:443, a.example, 101",
    "https://A.example, a.EXAMPLE, 101",
    "http://a.example, a.example:80, 101",
    "http://a.example:8080, a.example:8080, 101",
    "http://[::1], [::1]:80, 101",
    "https://[::1]:443, [::1], 101",
    "https://a.example, a.example:80, 403",
    "http://a.example, a.example:443, 403",
    "https://a.example:444, a.example, 403",
    "https://a.example, a.example:8443, 403",
    "https://a.example.evil.example, a.example, 403",
    "null, a.example, 403",
    "a.example, a.example, 403"
  })
  void accept_sameOrigin_whateverTheDefaultPort(String origin, String host, int status) {
    Request request = with("Origin", origin).withHeader("Host", host);
    assertThat(accept(request).status()).isEqualTo(status);
  }

  @Test
  void accept_listedOrigins_whateverTheDefaultPort() {
    var options =
        WebSocketOptions.DEFAULTS.withOrigins(
            new Origins.Listed(Set.of("https://Tea.example:443", "http://localhost:3000", "null")));
    for (String origin : new String[] {"https://tea.example", "http://localhost:3000", "null"}) {
      assertThat(accept(with("Origin", origin), options).status()).isEqualTo(101);
    }
    for (String origin : new String[] {"http://tea.example", "https://tea.example:8443"}) {
      assertThat(accept(with("Origin", origin), options).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tea.example", "https://tea.example/", "https://", "*", ""})
  void listedOrigins_notAnOrigin_isRefused(String value) {
    assertThatThrownBy(() -> new Origins.Listed(Set.of(value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://example.com");
  }

  @Test
  void accept_subprotocols_theClientsFirstThatIsKnown() {
    var request =
        with("Sec-WebSocket-Protocol", "soap, chat")
            .withAddedHeader("Sec-WebSocket-Protocol", "v2");
    var options = WebSocketOptions.DEFAULTS.withSubprotocols("v2", "chat");
    assertThat(accept(request, options).headers().all("Sec-WebSocket-Protocol"))
        .containsExactly("chat");
    assertThat(accept(request).headers().contains("Sec-WebSocket-Protocol")).isFalse();
  }

  @Test
  void accept_deflateOff_agreesOnNothing() {
    var request = with("Sec-WebSocket-Extensions", "permessage-deflate");
    assertThat(accept(request).headers().first("Sec-WebSocket-Extensions"))
        .contains("permessage-deflate");
    assertThat(
            accept(request, WebSocketOptions.DEFAULTS.withDeflate(false))
                .headers()
                .contains("Sec-WebSocket-Extensions"))
        .isFalse();
  }

  private static Response accept(Request request) {
    return WebSocket.accept(request, _ -> {});
  }

  private static Response accept(Request request, WebSocketOptions options) {
    return WebSocket.accept(request, options, _ -> {});
  }

  private static Request request() {
    return with("X-Nothing", "");
  }

  /** A good request with one field otherwise, or one more. */
  private static Request with(String name, String value) {
    Request request = Request.of(Method.GET, "/ws");
    String[][] fields = {
      {"Upgrade", "websocket"},
      {"Connection", "Upgrade"},
      {"Sec-WebSocket-Version", "13"},
      {"Sec-WebSocket-Key", KEY}
    };
    boolean replaced = false;
    for (String[] field : fields) {
      boolean here = field[0].equals(name);
      request = request.withHeader(field[0], here ? value : field[1]);
      replaced |= here;
    }
    return replaced ? request : request.withHeader(name, value);
  }
}
