package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bench.Chromium;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Event;
import dev.leantea.sse.Sse;
import dev.leantea.tls.Tls;
import dev.leantea.websocket.WebSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A live page in a real browser: 20 event streams and a WebSocket on one connection of HTTP/2. In
 * HTTP/1.1 a browser opens six connections to a site, so the seventh stream would wait for ever.
 */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit calls startBrowser first
final class Http2BrowserTest {
  private static final int STREAMS = 20;

  private static final String PAGE =
      """
      <!doctype html><title>live</title><script>
      const first = Array(STREAMS).fill(''), news = Array(STREAMS).fill('');
      let spoken = '';
      for (let i = 0; i < STREAMS; i++) {
        const source = new EventSource('/events');
        source.onmessage = event => { first[i] = event.data; };
        source.addEventListener('news', event => { news[i] = event.data; });
      }
      function speak() {
        const socket = new WebSocket('wss://' + location.host + '/socket');
        socket.onopen = () => socket.send('hello');
        socket.onmessage = event => { spoken = event.data; };
      }
      </script>
      """
          .replace("STREAMS", Integer.toString(STREAMS));

  private static ChromeDriver browser;

  @BeforeAll
  static void startBrowser(@TempDir Path profile) {
    browser = Chromium.start(profile);
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static Handler routes(Broadcast news) {
    return Router.builder()
        .get("/", Handler.nonBlocking(_ -> Response.html(200, PAGE)))
        .get(
            "/events",
            request ->
                Sse.events(
                    events -> {
                      try (var subscription = news.subscribe()) {
                        events.send(Event.of(connection(request)));
                        subscription.sendAll(events);
                      }
                    }))
        .get(
            "/socket",
            request ->
                WebSocket.accept(
                    request,
                    socket -> {
                      var _ = socket.receive();
                      socket.send(connection(request));
                      var _ = socket.receive();
                    }))
        .build();
  }

  /** The protocol, and the port that tells the client's connections apart. */
  private static String connection(Request request) {
    return request.version() + " " + ((InetSocketAddress) request.remoteAddress()).getPort();
  }

  /** The page's list, once no item is empty; the test's time limit ends the waiting otherwise. */
  private static List<String> list(String name) {
    while (true) {
      String items = String.valueOf(browser.executeScript("return " + name + ".join('\\n')"));
      List<String> all = List.of(items.split("\n", -1));
      if (all.stream().noneMatch(String::isEmpty)) {
        return all;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Http2Server.URING, Http2Server.NIO, Http2Server.NETTY, Http2Server.BLOCKING})
  void page_manyStreamsAndWebSocket_shareOneConnection(String backend) {
    var config = ServerConfig.of(0).withHost("127.0.0.1").withTls(Tls.selfSigned());
    try (var news = new Broadcast(100, Broadcast.Overflow.DISCONNECT);
        Server server = Backends.named(backend).serve(config, routes(news))) {
      browser.get("https://127.0.0.1:" + server.port() + "/");
      List<String> first = list("first");
      assertThat(first).hasSize(STREAMS).containsOnly(first.getFirst());
      assertThat(first.getFirst()).startsWith("HTTP/2 ");
      assertThat(news.subscribers()).isEqualTo(STREAMS);

      news.publish(Event.of("tea is ready").event("news"));
      assertThat(list("news")).isEqualTo(Collections.nCopies(STREAMS, "tea is ready"));

      browser.executeScript("speak()");
      assertThat(list("[spoken]")).containsExactly(first.getFirst());
      browser.get("about:blank");
    }
  }
}
