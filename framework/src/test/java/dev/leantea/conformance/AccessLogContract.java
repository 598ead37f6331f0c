package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.log.AccessFormat;
import dev.leantea.log.AccessLog;
import dev.leantea.log.RequestIds;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator finds in the access log, and the ids that tie it to answers. */
public abstract class AccessLogContract extends ServerContract {
  private static final long TIMEOUT_SECONDS = 30;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Override
  protected Handler application() {
    return RequestIds.filter()
        .apply(
            Router.builder()
                .get("/teas/{id}", _ -> Response.text(200, RequestIds.current().orElse("none")))
                .get("/inline", Handler.nonBlocking(_ -> Response.text(200, id())))
                .get("/stream", _ -> stream())
                .get("/broken", _ -> broken())
                .post("/inline", Handler.nonBlocking(_ -> Response.text(200, id())))
                .post("/unread", _ -> Response.text(200, id()))
                .build());
  }

  private static String id() {
    return RequestIds.current().orElse("none");
  }

  private static Response stream() {
    return Response.stream(
        200, MediaType.TEXT, out -> out.write(id().getBytes(StandardCharsets.UTF_8)));
  }

  private static Response broken() {
    return Response.stream(
        200,
        MediaType.TEXT,
        out -> {
          out.write(new byte[100_000]);
          throw new IOException("on purpose");
        });
  }

  /** The next line, which is written some time after the answer. */
  private String line() throws InterruptedException {
    String line = lines.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("expected a line of the access log");
    }
    return line;
  }

  private interface Scene {
    void play(WireClient client) throws Exception;
  }

  private void logged(AccessFormat format, Scene scene) throws Exception {
    try (AccessLog log = AccessLog.of(format, lines::add);
        Server server = serve(onLoopback().withExchangeListener(log), application());
        var client = new WireClient(server.port())) {
      scene.play(client);
    }
  }

  @Test
  void json_answered_idRouteAndOutcome() throws Exception {
    logged(
        AccessFormat.json(),
        client -> {
          client.send(
              "GET /teas/7?q HTTP/1.1\r\nHost: a\r\nX-Request-Id: abc\r\nUser-Agent: a\"b\r\n\r\n");
          Reply reply = client.read();
          assertThat(reply.field("X-Request-Id")).isEqualTo("abc");
          assertThat(reply.text()).isEqualTo("abc");
          assertThat(line())
              .contains("\"id\":\"abc\",\"client\":\"127.0.0.1\"")
              .contains("\"method\":\"GET\",\"target\":\"/teas/7?q\",\"protocol\":\"HTTP/1.1\"")
              .contains("\"userAgent\":\"a\\\"b\",\"route\":\"/teas/{id}\"")
              .contains("\"status\":200,\"bytes\":3,")
              .endsWith("\"outcome\":\"completed\"}");
        });
  }

  @Test
  void json_madeId_isTheSameInAnswerHandlerAndLog() throws Exception {
    logged(
        AccessFormat.json(),
        client -> {
          for (String path : new String[] {"/teas/7", "/inline", "/stream", "/none"}) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: a b\r\n\r\n");
            Reply reply = client.read();
            String id = reply.field("X-Request-Id");
            assertThat(id).matches("[0-9a-f]{24}");
            assertThat(line()).contains("\"id\":\"" + id + "\"");
            if (reply.status() == 200) {
              assertThat(reply.text()).as(path).isEqualTo(id);
            }
          }
        });
  }

  @Test
  void json_brokenStream_isAborted() throws Exception {
    logged(
        AccessFormat.json(),
        client -> {
          client.get("/broken");
          var _ = client.socket().getInputStream().readAllBytes();
          assertThat(line())
              .contains("\"route\":\"/broken\",\"status\":200,\"bytes\":100000,")
              .endsWith("\"outcome\":\"aborted\",\"reason\":\"on purpose\"}");
        });
  }

  @ParameterizedTest
  @CsvSource({"/inline, true", "/unread, false"})
  void json_malformedBody_isRefusedWithRouteAndReason(String path, boolean isBeforeTheHandler)
      throws Exception {
    logged(
        AccessFormat.json(),
        client -> {
          client.send(
              "POST "
                  + path
                  + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: abc\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n");
          Reply reply = client.read();
          assertThat(reply.status()).isEqualTo(400);
          if (isBeforeTheHandler) {
            assertThat(reply.field("X-Request-Id")).isEqualTo("abc");
          }
          assertThat(line())
              .contains("\"id\":\"abc\",")
              .contains("\"route\":\"" + path + "\",\"status\":400,")
              .contains("\"bytes\":" + reply.body().length + ",")
              .contains("\"outcome\":\"refused\",\"reason\":\"");
        });
  }

  @Test
  void json_noRequest_isRefusedWithItsReason() throws Exception {
    logged(
        AccessFormat.json(),
        client -> {
          client.send("GET / HTTP/1.1\r\nHost : a\r\n\r\n");
          assertThat(client.read().status()).isEqualTo(400);
          assertThat(line())
              .doesNotContain("\"method\"")
              .contains("\"status\":400,")
              .contains("\"outcome\":\"refused\",\"reason\":\"");
        });
  }

  @Test
  void combined_answered_andRefused() throws Exception {
    logged(
        AccessFormat.combined(),
        client -> {
          client.send("GET /none HTTP/1.1\r\nHost: a\r\nReferer: x\"y\r\n\r\n");
          int bytes = client.read().body().length;
          assertThat(line())
              .matches(
                  "127\\.0\\.0\\.1 - - \\[[^]]+\\] \"GET /none HTTP/1\\.1\" 404 "
                      + bytes
                      + " \"x\\\\\"y\" \"-\"");
          client.send("\u0001\r\n\r\n");
          assertThat(client.read().status()).isEqualTo(400);
          assertThat(line()).startsWith("- - - [").endsWith("] \"-\" 400 - \"-\" \"-\"");
        });
  }
}
