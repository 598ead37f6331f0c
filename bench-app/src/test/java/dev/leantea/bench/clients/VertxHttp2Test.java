package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vert.x's client, and with it Netty's codec of HTTP/2, against every backend. */
@Timeout(120)
final class VertxHttp2Test {
  private static final int REQUESTS = 90;

  private static final int BODY_BYTES = 5_000;

  private record Echo(HttpVersion version, Buffer body) {}

  private static HttpClientOptions options() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setDefaultHost("127.0.0.1");
  }

  private static HttpClientOptions tls() {
    return options().setSsl(true).setUseAlpn(true).setTrustAll(true).setVerifyHost(false);
  }

  /** Without the upgrade of HTTP/1.1, which RFC 9113 has dropped. */
  private static HttpClientOptions clearText() {
    return options().setHttp2ClearTextUpgrade(false);
  }

  private static Buffer random(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Buffer.buffer(content);
  }

  private static Future<Echo> echo(HttpClient client, int port, Buffer body) {
    return client
        .request(HttpMethod.POST, port, "127.0.0.1", "/echo")
        .compose(request -> request.send(body))
        .compose(response -> response.body().map(it -> new Echo(response.version(), it)));
  }

  private static void echoMany(Http2Server server, HttpClientOptions options) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClient client = vertx.createHttpClient(options);
      List<Future<Echo>> pending = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        pending.add(echo(client, server.server().port(), random(i * BODY_BYTES)));
      }
      for (int i = 0; i < REQUESTS; i++) {
        Echo echo =
            pending.get(i).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(echo).isEqualTo(new Echo(HttpVersion.HTTP_2, random(i * BODY_BYTES)));
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Http2Server.URING, Http2Server.NIO, Http2Server.NETTY, Http2Server.BLOCKING})
  void vertx_uploadsAtTheSameTime_overTls(String backend) throws Exception {
    try (Http2Server server = Http2Server.tls(backend)) {
      echoMany(server, tls());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Http2Server.URING, Http2Server.NIO, Http2Server.NETTY, Http2Server.BLOCKING})
  void vertx_uploadsAtTheSameTime_inClearText(String backend) throws Exception {
    try (Http2Server server = Http2Server.plain(backend)) {
      echoMany(server, clearText());
    }
  }
}
