package dev.leantea.bench.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Event;
import dev.leantea.sse.Sse;
import dev.leantea.tls.Tls;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.WebSocket;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Chromium over HTTP/2: a page with more live streams than HTTP/1.1 has connections, and a
 * WebSocket, on one connection.
 */
@Timeout(180)
@SuppressWarnings("NullAway.Init") // JUnit calls startBrowser first
final class Http2PageTest {
  private static final int STREAMS = 20;

  private static final String PAGE =
      """
      <!doctype html>
      <title>live</title>
      <pre id="out"></pre>
      <script>
        let opened = 0;
        for (let i = 0; i < STREAMS; i++) {
          new EventSource("/events/" + i).onmessage = event => {
            opened++;
            document.title = "events " + opened;
            if (opened === STREAMS) {
              const socket = new WebSocket("wss://" + location.host + "/socket");
              socket.onopen = () => socket.send("tea");
              socket.onmessage = it => document.getElementById("out").textContent = it.data;
              socket.onerror = () => document.getElementById("out").textContent = "failed";
            }
          };
        }
      </script>
      """
          .replace("STREAMS", String.valueOf(STREAMS));

  private static ChromeDriver browser;

  private final Set<SocketAddress> clients = ConcurrentHashMap.newKeySet();
  private final CountDownLatch all = new CountDownLatch(STREAMS);

  @BeforeAll
  static void startBrowser(@TempDir Path profile) {
    browser = HeadlessBrowser.start(profile, "--ignore-certificate-errors");
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  private Handler routes() {
    return Router.builder()
        .get("/", _ -> Response.bytes(200, MediaType.HTML, PAGE.getBytes(UTF_8)))
        .get("/events/{number}", this::events)
        .get("/socket", this::socket)
        .build();
  }

  /** The first event comes when all streams are open, and the last when the server drains. */
  private Response events(Request request) {
    clients.add(request.remoteAddress());
    return Sse.events(
        events -> {
          all.countDown();
          all.await();
          events.send(Event.of("open"));
          new CountDownLatch(1).await();
        });
  }

  private Response socket(Request request) {
    clients.add(request.remoteAddress());
    String version = request.version().toString();
    return WebSocket.accept(
        request,
        socket -> {
          if (socket.receive() instanceof Message.Text(String text)) {
            socket.send(new Message.Text(text + " over " + version));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Http2Server.URING, Http2Server.NIO, Http2Server.NETTY, Http2Server.BLOCKING})
  void page_twentyEventStreamsAndAWebSocket_shareOneConnection(String backend) {
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1").withTls(Tls.selfSigned());
    try (Server server = Backends.named(backend).serve(config, routes())) {
      browser.get("https://127.0.0.1:" + server.port() + "/");
      String text = "";
      while (text.isEmpty()) { // each look is a call to the browser, which takes its time
        text = script("return document.getElementById('out').textContent");
      }
      assertThat(text).isEqualTo("tea over HTTP/2");
      assertThat(script("return document.title")).isEqualTo("events " + STREAMS);
      assertThat(clients).hasSize(1);
      browser.get("about:blank");
    }
  }

  private static String script(String code) {
    return String.valueOf(browser.executeScript(code));
  }
}
