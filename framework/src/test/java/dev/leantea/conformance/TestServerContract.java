package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.testing.TestClient;
import dev.leantea.testing.TestServer;
import dev.leantea.testing.TestWebSocket;
import dev.leantea.tls.Tls;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.WebSocket;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test server over sockets; {@code TestServerTest} has it in memory. */
public abstract class TestServerContract extends TestServerScenes {
  /** What a user would type: {@code reactor:nio}. */
  protected abstract String backend();

  @Override
  protected TestServer start(Handler handler) {
    return TestServer.start(Backends.named(backend()), handler);
  }

  private static Response schemeOrEcho(Request request) {
    return request.header("Upgrade").isPresent()
        ? WebSocket.accept(request, TestServerContract::echo)
        : Response.text(200, request.scheme());
  }

  private static void echo(WebSocket socket) throws IOException {
    for (Message message; (message = socket.receive()) != null; ) {
      socket.send(message);
    }
  }

  @Test
  void connect_runningServer_isAsked() {
    try (TestServer server = start(TestServerContract::schemeOrEcho)) {
      URI origin = URI.create("http://127.0.0.1:" + server.port() + "/");
      assertThat(TestClient.connect(origin).get("/a").text()).isEqualTo("http");
    }
  }

  @Test
  void connect_runningServerOverTls_isAskedAndOpensWebSockets() throws Exception {
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1").withTls(Tls.selfSigned());
    try (Server server =
        Backends.named(backend()).serve(config, TestServerContract::schemeOrEcho)) {
      URI origin = URI.create("https://localhost:" + server.port());
      TestClient client = TestClient.connect(origin, TestCertificates.trustingAll());
      assertThat(client.get("/a").text()).isEqualTo("https");
      try (TestWebSocket socket = client.webSocket("/echo")) {
        socket.send("tea");
        assertThat(socket.receiveText()).isEqualTo("tea");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost", "localhost", "http://localhost/app", "/a", "http:a"})
  void connect_noOrigin_isRefused(String origin) {
    URI uri = URI.create(origin);
    assertThatThrownBy(() -> TestClient.connect(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "test client: expected an origin such as https://localhost:8443, got " + origin);
  }
}
