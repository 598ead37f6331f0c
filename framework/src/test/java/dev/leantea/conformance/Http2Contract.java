package dev.leantea.conformance;

import static dev.leantea.conformance.Http2Client.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.conformance.Http2Client.Stream;
import dev.leantea.http.ClientGoneException;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 in clear text with prior knowledge, as a client sees it that sends frames. */
public abstract class Http2Contract extends ServerContract {
  private static final int NO_ERROR = 0;
  private static final int CANCEL = 8;
  private static final int PARALLEL = 40;

  private final CyclicBarrier all = new CyclicBarrier(PARALLEL);
  private CountDownLatch inFlight = new CountDownLatch(1);
  private CountDownLatch release = new CountDownLatch(1);
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();

  @BeforeEach
  void renewLatches() {
    inFlight = new CountDownLatch(1);
    release = new CountDownLatch(1);
  }

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/version", request -> Response.text(200, request.version().toString()))
        .get("/host", request -> Response.text(200, request.authority()))
        .get("/all", _ -> Response.text(200, "all " + all.await(20, TimeUnit.SECONDS)))
        .get("/forever", _ -> Response.stream(200, MediaType.TEXT, this::forever))
        .get("/ws", request -> WebSocket.accept(request, Http2Contract::echo))
        .notFound(ContractApplication.routes())
        .build();
  }

  private static void echo(WebSocket socket) throws IOException {
    for (Message message = socket.receive(); message != null; message = socket.receive()) {
      socket.send(message);
    }
  }

  private void forever(OutputStream out) throws IOException {
    try {
      while (true) {
        out.write(new byte[1000]);
        out.flush();
      }
    } catch (IOException e) {
      broken.complete(e);
      throw e;
    }
  }

  private Http2Client open(int... settings) throws IOException {
    return Http2Client.open(port(), settings);
  }

  // ---- requests and responses

  @Test
  void get_priorKnowledge_isHttp2ForTheHandler() throws IOException {
    try (Http2Client client = open()) {
      client.get(1, "/version");
      Stream reply = client.await(1);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("HTTP/2");
      assertThat(reply.fields).containsEntry("content-length", "6").containsKey("date");
      assertThat(reply.fields).doesNotContainKeys("connection", "transfer-encoding");
    }
  }

  @Test
  void get_authority_isTheHost() throws IOException {
    try (Http2Client client = open()) {
      client.get(1, "/host");
      assertThat(client.await(1).text()).isEqualTo("test");
    }
  }

  @Test
  void post_inSingleBytes_isEchoed() throws IOException {
    try (Http2Client client = open()) {
      byte[] block = Http2Client.block(Http2Client.head("POST", "/echo"));
      byte[] head = Http2Client.bytes(Http2Client.HEADERS, Http2Client.END_HEADERS, 1, block);
      byte[] data = Http2Client.bytes(Http2Client.DATA, 1, 1, latin1("hello"));
      for (byte b : head) {
        client.write(new byte[] {b});
      }
      for (byte b : data) {
        client.write(new byte[] {b});
      }
      assertThat(client.await(1).text()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo/nonblocking", "/echo/stream"})
  void post_largerThanTheWindows_isEchoed(String path) throws IOException {
    byte[] content = new byte[100_000];
    Arrays.fill(content, (byte) 'x');
    try (Http2Client client = open(Http2Client.INITIAL_WINDOW_SIZE, 1 << 20)) {
      client.window(0, 1 << 20);
      client.request(1, "POST", path, false);
      int sent = 0;
      int window = 65_535;
      while (sent < content.length) {
        int count = Math.min(Math.min(10_000, content.length - sent), window - sent);
        client.data(
            1, Arrays.copyOfRange(content, sent, sent + count), sent + count == content.length);
        sent += count;
        if (sent == window) {
          client.await(() -> client.stream(1).window > 0);
          window += client.stream(1).window;
          client.stream(1).window = 0;
        }
      }
      assertThat(client.await(1).body.toByteArray()).isEqualTo(content);
    }
  }

  @Test
  void head_hasNoBody() throws IOException {
    try (Http2Client client = open()) {
      client.request(1, "HEAD", "/bytes/1000", true);
      Stream reply = client.await(1);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.fields).containsEntry("content-length", "1000");
      assertThat(reply.body.size()).isZero();
    }
  }

  @Test
  void post_expectContinue_isAskedFor() throws IOException {
    try (Http2Client client = open()) {
      client.request(1, "POST", "/echo", false, "expect", "100-continue");
      client.await(() -> client.stream(1).interim.contains(100));
      client.data(1, latin1("now"), true);
      Stream reply = client.await(1);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("now");
    }
  }

  @Test
  void post_trailers_areDropped() throws IOException {
    try (Http2Client client = open()) {
      client.request(1, "POST", "/echo", false);
      client.data(1, latin1("body"), false);
      client.frame(
          Http2Client.HEADERS,
          Http2Client.END_HEADERS | Http2Client.END_STREAM,
          1,
          Http2Client.block("x-sum", "1"));
      assertThat(client.await(1).text()).isEqualTo("body");
    }
  }

  // ---- many streams

  @Test
  void get_blockingHandlersOfOneConnection_runAtTheSameTime() throws IOException {
    try (Http2Client client = open()) {
      for (int i = 0; i < PARALLEL; i++) {
        client.get(1 + 2 * i, "/all"); // none returns before all have been called
      }
      for (int i = 0; i < PARALLEL; i++) {
        assertThat(client.await(1 + 2 * i).text()).startsWith("all ");
      }
    }
  }

  @Test
  void get_urgentResponse_comesFirst() throws IOException {
    try (Http2Client client = open(Http2Client.INITIAL_WINDOW_SIZE, 0)) {
      client.get(1, "/bytes/9000", "priority", "u=5");
      client.get(3, "/bytes/9000", "priority", "u=1");
      client.await(() -> client.stream(1).status() == 200 && client.stream(3).status() == 200);
      client.settings(Http2Client.INITIAL_WINDOW_SIZE, 10_000);
      client.await(1);
      client.await(3);
      assertThat(client.ended).containsExactly(3, 1);
    }
  }

  @Test
  void get_smallWindow_isFilledAndNotExceeded() throws IOException {
    try (Http2Client client = open(Http2Client.INITIAL_WINDOW_SIZE, 10)) {
      client.get(1, "/bytes/25");
      client.await(() -> client.stream(1).body.size() >= 10);
      client.roundTrip();
      assertThat(client.stream(1).body.size()).isEqualTo(10);
      client.window(1, 15);
      assertThat(client.await(1).body.size()).isEqualTo(25);
    }
  }

  @Test
  void get_oneStreamMoreThanAllowed_isRefused() throws IOException {
    try (Http2Client client = open()) {
      for (int i = 0; i <= 100; i++) {
        client.request(1 + 2 * i, "POST", "/echo", false);
      }
      assertThat(client.await(201).reset).isEqualTo(7);
      client.data(1, latin1("x"), true);
      assertThat(client.await(1).text()).isEqualTo("x");
      client.get(203, "/version");
      assertThat(client.await(203).status()).isEqualTo(200);
    }
  }

  @Test
  void reset_byTheClient_breaksTheWriter() throws Exception {
    try (Http2Client client = open()) {
      client.get(1, "/forever");
      client.await(() -> client.stream(1).body.size() > 0);
      client.reset(1, CANCEL);
      client.window(0, 1 << 20);
      assertThat(broken.get(20, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
      client.get(3, "/version");
      assertThat(client.await(3).status()).isEqualTo(200);
    }
  }

  // ---- WebSocket

  @Test
  void connect_webSocket_echoesAndCloses() throws IOException {
    try (Http2Client client = open()) {
      client.request(
          1, "CONNECT", "/ws", false, ":protocol", "websocket", "sec-websocket-version", "13");
      Stream reply = client.stream(1);
      client.await(() -> reply.status() > 0);
      assertThat(reply.status()).isEqualTo(200);
      client.data(1, webSocketFrame(0x81, latin1("hello")), false);
      client.await(() -> reply.body.size() == 7);
      assertThat(reply.body.toString(StandardCharsets.ISO_8859_1)).isEqualTo("\u0081\5hello");
      client.data(1, webSocketFrame(0x88, new byte[] {3, (byte) 0xE8}), true);
      client.await(() -> reply.ended);
      assertThat(reply.body.size()).isEqualTo(11);
      client.get(3, "/version");
      assertThat(client.await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void connect_notAWebSocket_isRefused() throws IOException {
    try (Http2Client client = open()) {
      client.request(1, "CONNECT", "/ws", false, ":protocol", "other");
      assertThat(client.await(1).status()).isEqualTo(400);
      client.get(3, "/ws");
      assertThat(client.await(3).status()).isEqualTo(400);
    }
  }

  /** A frame of a client (RFC 6455 §5.2) with a mask of zeros. */
  private static byte[] webSocketFrame(int first, byte[] content) {
    return ByteBuffer.allocate(6 + content.length)
        .put((byte) first)
        .put((byte) (0x80 | content.length))
        .putInt(0)
        .put(content)
        .array();
  }

  // ---- drain

  @Test
  void drain_requestInFlight_isAnswered_thenTheConnectionEnds() throws Exception {
    Server draining = serve(this::slow, Limits.DEFAULTS);
    try (Http2Client client = Http2Client.open(draining.port())) {
      client.get(1, "/");
      assertThat(inFlight.await(20, TimeUnit.SECONDS)).isTrue();
      Thread closing = Thread.startVirtualThread(draining::close);
      client.await(() -> client.goAwayCodes.size() == 2);
      assertThat(client.lastStreams).containsExactly(Integer.MAX_VALUE, 1);
      release.countDown();
      assertThat(client.await(1).text()).isEqualTo("GET done");
      client.awaitEnd();
      assertThat(client.goAwayCodes).containsOnly(NO_ERROR);
      client.endOutput();
      assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
    } finally {
      release.countDown();
      draining.close();
    }
  }

  /**
   * The client knows from GOAWAY that such a request was not processed, and repeats it elsewhere.
   */
  @Test
  void drain_requestBehindGoAway_isIgnored() throws Exception {
    Server draining = serve(this::slow, Limits.DEFAULTS);
    try (Http2Client client = Http2Client.open(draining.port())) {
      client.get(1, "/");
      assertThat(inFlight.await(20, TimeUnit.SECONDS)).isTrue();
      Thread closing = Thread.startVirtualThread(draining::close);
      client.await(() -> client.goAwayCodes.size() == 2);
      client.request(3, "POST", "/", false);
      client.data(3, latin1("late"), false);
      client.window(3, 1);
      client.reset(3, CANCEL);
      client.frame(Http2Client.PING, 0, 5, new byte[8]); // an error: the last GOAWAY counts
      client.awaitEnd();
      assertThat(client.lastStreams).containsExactly(Integer.MAX_VALUE, 1, 1);
      assertThat(client.stream(3).reset).isEqualTo(-1);
      client.endOutput();
      release.countDown();
      assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
    } finally {
      release.countDown();
      draining.close();
    }
  }

  private Response slow(Request request) throws InterruptedException {
    inFlight.countDown();
    assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
    return Response.text(200, request.method() + " done");
  }

  @Test
  void drain_idleConnection_ends() throws Exception {
    Server draining = serve(ContractApplication.routes(), Limits.DEFAULTS);
    try (Http2Client client = Http2Client.open(draining.port())) {
      client.get(1, "/health");
      client.await(1);
      Thread closing = Thread.startVirtualThread(draining::close);
      client.awaitEnd();
      assertThat(client.lastStreams).containsExactly(Integer.MAX_VALUE, 1);
      client.endOutput();
      assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
    } finally {
      draining.close();
    }
  }
}
