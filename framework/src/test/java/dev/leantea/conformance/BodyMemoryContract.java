package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.forms.Form;
import dev.leantea.forms.Forms;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.MemoryReservation;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a server holds of its clients' bodies in memory is bounded, however a handler reads them. In
 * each case one body of a kind fits, and two do not.
 */
public abstract class BodyMemoryContract extends ServerContract {
  private static final long TIMEOUT_SECONDS = 30;
  private static final int MAX_PROBES = 20;
  private static final int BUDGET_BYTES = 100_000;
  private static final String PART = "--xyz\r\nContent-Disposition: form-data; name=\"a\"";

  /** How a body is read, and one to read. */
  protected enum Kind {
    BYTES("text/plain", "", 60_000, ""),
    CHUNKS("text/plain", "", 60_000, ""),
    JSON("application/json", "\"", 60_000, "\""),
    URLENCODED("application/x-www-form-urlencoded", "a=", 40_000, ""), // encoded and decoded
    FIELD("multipart/form-data; boundary=xyz", PART + "\r\n\r\n", 60_000, "\r\n--xyz--\r\n"),
    FILE(
        "multipart/form-data; boundary=xyz",
        PART + "; filename=\"f\"\r\n\r\n",
        60_000,
        "\r\n--xyz--\r\n"),
    STREAM("text/plain", "", 60_000, "");

    final String mediaType;
    final String body;

    Kind(String mediaType, String before, int size, String behind) {
      this.mediaType = mediaType;
      this.body = before + "x".repeat(size) + behind;
    }

    /** Reads a request of this kind; what is to be closed stays open. */
    AutoCloseable read(Request request) throws IOException {
      return switch (this) {
        case BYTES, CHUNKS -> held(request.bytes());
        case JSON -> held(request.json(String.class).getBytes(StandardCharsets.UTF_8));
        case URLENCODED, FIELD, FILE -> form(request);
        case STREAM -> stream(request);
      };
    }

    private static AutoCloseable held(byte[] bytes) {
      assertThat(bytes).hasSize(60_000);
      return () -> {};
    }

    private static Form form(Request request) throws IOException {
      Form form = Forms.read(request);
      assertThat(form.parts().getFirst().isInMemory()).isTrue();
      return form;
    }

    private static MemoryReservation stream(Request request) throws IOException {
      MemoryReservation memory = request.reserveMemory();
      memory.resize(60_000);
      held(request.stream().readNBytes(60_000));
      return memory;
    }

    /** Sends the head, and the body up to a number of its bytes. */
    void send(WireClient client, String path, int count) throws IOException {
      String framing =
          this == CHUNKS
              ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n"
              : "Content-Length: " + body.length() + "\r\n\r\n";
      client.send("POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n".formatted(path, mediaType));
      client.send(framing + body.substring(0, count));
    }

    void sendAll(WireClient client, String path) throws IOException {
      send(client, path, body.length());
      client.send(this == CHUNKS ? "\r\n0\r\n\r\n" : "");
    }

    Reply post(WireClient client, String path) throws IOException {
      sendAll(client, path);
      return client.read();
    }
  }

  /** A server for bodies of one kind: it answers 503 when it cannot hold one. */
  private final class Scene implements AutoCloseable {
    final Kind kind;
    final CountDownLatch go = new CountDownLatch(1);
    final Server server;

    Scene(Kind kind) {
      this.kind = kind;
      Limits limits = Limits.DEFAULTS.withBodyInMemory(60_002).withBodiesInMemory(BUDGET_BYTES);
      this.server = serve(routes(), limits);
    }

    private Handler routes() {
      return Router.builder()
          .post("/read", request -> readAndClose(kind, request))
          .post("/hold", this::hold)
          .post("/close", this::closeEarly)
          .post("/fail", this::fail)
          .build();
    }

    /** Answers 200 at once, and ends when it may; the body is held until then. */
    private Response hold(Request request) throws Exception {
      return begunUntilGo().onClose(kind.read(request));
    }

    private Response closeEarly(Request request) throws Exception {
      kind.read(request).close();
      return begunUntilGo();
    }

    private Response begunUntilGo() {
      return Response.stream(
          200,
          MediaType.TEXT,
          out -> {
            out.flush();
            go.await();
          });
    }

    private Response fail(Request request) throws Exception {
      var _ = kind.read(request); // and is not closed
      throw new IllegalStateException("on purpose");
    }

    WireClient client() throws IOException {
      return new WireClient(server.port());
    }

    int probe() throws IOException {
      try (WireClient client = client()) {
        return kind.post(client, "/read").status();
      }
    }

    /** Asks until there is room again: the end of another exchange may come later. */
    void awaitServed() throws IOException {
      long start = System.nanoTime();
      while (probe() != 200) {
        requireTime(start);
      }
    }

    /**
     * A client whose body is held although it is not complete, so that others are refused. One that
     * came behind a probe is refused itself, and learns it only at the end of its body: then the
     * next one is tried.
     */
    WireClient holding() throws IOException {
      long start = System.nanoTime();
      while (true) {
        WireClient client = client();
        kind.send(client, "/read", kind.body.length() - 1000);
        for (int i = 0; i < MAX_PROBES; i++) {
          if (probe() == 503) {
            return client;
          }
        }
        client.reset();
        requireTime(start);
      }
    }

    @Override
    public void close() {
      go.countDown();
      server.close();
    }
  }

  private static Response readAndClose(Kind kind, Request request) throws Exception {
    try (AutoCloseable _ = kind.read(request)) {
      return Response.text(200, "read");
    }
  }

  private static void requireTime(long start) {
    if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS)) {
      throw new AssertionError("expected another status within " + TIMEOUT_SECONDS + " s");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void read_beyondWhatTheServerHoldsTogether_503_andServedAgainAfterwards(Kind kind)
      throws Exception {
    try (var scene = new Scene(kind);
        WireClient first = scene.client();
        WireClient second = scene.client()) {
      kind.sendAll(first, "/hold");
      var _ = first.readHead(200);
      Reply refused = kind.post(second, "/read");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).contains("memory");
      scene.go.countDown();
      scene.awaitServed();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void read_clientLeavesInTheMiddle_isGivenBack(Kind kind) throws Exception {
    try (var scene = new Scene(kind);
        WireClient first = scene.holding()) {
      first.reset();
      scene.awaitServed();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void read_handlerThrows_isGivenBack(Kind kind) throws Exception {
    try (var scene = new Scene(kind);
        WireClient client = scene.client()) {
      assertThat(kind.post(client, "/fail").status()).isEqualTo(500);
      scene.awaitServed();
    }
  }

  /** A form that is closed gives its parts back although its exchange goes on. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"FIELD", "FILE", "STREAM"})
  void close_exchangeGoesOn_isGivenBack(Kind kind) throws Exception {
    try (var scene = new Scene(kind);
        WireClient first = scene.client()) {
      kind.sendAll(first, "/close");
      var _ = first.readHead(200);
      assertThat(scene.probe()).isEqualTo(200);
    }
  }

  /** A filter that replaces the body, as one that decodes it, does not escape the limit. */
  @Test
  void withBody_formOfIt_counts() throws Exception {
    String large = Kind.FIELD.body.replace("xxx", "x".repeat(6));
    Server server =
        serve(
            request -> readAndClose(Kind.FIELD, request.withBody(large)),
            Limits.DEFAULTS.withBodiesInMemory(BUDGET_BYTES));
    try (var client = new WireClient(server.port())) {
      assertThat(Kind.FIELD.post(client, "/").status()).isEqualTo(503);
    } finally {
      server.close();
    }
  }
}
