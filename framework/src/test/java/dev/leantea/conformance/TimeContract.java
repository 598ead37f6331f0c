package dev.leantea.conformance;

import static dev.leantea.conformance.Http2FrameClient.frame;
import static dev.leantea.conformance.Http2FrameClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow clients. Nothing here is timed: each test waits for what must come, or hangs and fails. */
public abstract class TimeContract extends ServerContract {
  private static final Duration SHORT = Duration.ofMillis(400);

  /** A flag of DATA (RFC 9113 §6.1), and the most that it can stand for. */
  private static final int PADDED = 8;

  private static final int MAX_PADDING = 255;

  private final CountDownLatch gaveUp = new CountDownLatch(1);

  @Override
  protected Handler application() {
    Handler rest = super.application();
    Response endless = Response.stream(200, MediaType.TEXT, this::writeEndlessly);
    return new Handler() {
      @Override
      public Response handle(Request request) throws Exception {
        return resolve(request).handle(request);
      }

      @Override
      public Handler resolve(Request request) {
        return request.path().equals("/endless") ? _ -> endless : rest.resolve(request);
      }
    };
  }

  @Override
  protected Limits limits() {
    return Limits.DEFAULTS.withHeadTimeout(SHORT).withIdleTimeout(SHORT).withStallTimeout(SHORT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r"})
  void head_notCompleteInTime_is408(String start) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.send(start).read();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.field("Connection")).isEqualTo("close");
      client.expectEnd();
    }
  }

  @Test
  void head_dripping_is408AlthoughBytesCome() throws Exception {
    try (WireClient client = connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n");
      requireTimeout(client, "X-Drip: y\r\n");
    }
  }

  /** Bytes that are no content of the body: a chunk extension, and trailers. */
  @ParameterizedTest
  @ValueSource(strings = {"5;a=", "4\r\nhalf\r\n0\r\nX-Drip: "})
  void body_drippingWithoutContent_is408(String start) throws Exception {
    try (WireClient client = connect()) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send(start);
      requireTimeout(client, "y");
    }
  }

  private static void requireTimeout(WireClient client, String drop) throws Exception {
    Thread drip = Thread.startVirtualThread(() -> drip(() -> client.send(drop)));
    assertThat(client.read().status()).isEqualTo(408);
    drip.interrupt();
    drip.join();
  }

  /** Frames without content: an empty one, one of padding alone, and the padding of one. */
  static Stream<Arguments> framesWithoutContent() {
    byte[] padding = frame(Http2FrameClient.DATA, PADDED, 1, new byte[] {3, 0, 0, 0});
    byte[] content = frame(Http2FrameClient.DATA, PADDED, 1, paddedContent());
    byte[] toItsPadding = Arrays.copyOf(content, content.length - MAX_PADDING);
    return Stream.of(
        arguments("empty", new byte[0], frame(Http2FrameClient.DATA, 0, 1)),
        arguments("padding alone", new byte[0], padding),
        arguments("within padding", toItsPadding, new byte[1]));
  }

  private static byte[] paddedContent() {
    byte[] payload = new byte[1 + "half".length() + MAX_PADDING];
    payload[0] = (byte) MAX_PADDING;
    return payload;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framesWithoutContent")
  void http2Body_drippingWithoutContent_is408(String name, byte[] start, byte[] drop)
      throws Exception {
    try (var client = new Http2FrameClient(port()).begin()) {
      client.send(request(1, "POST", "/echo", 0)).send(start);
      Thread drip = Thread.startVirtualThread(() -> drip(() -> client.send(drop)));
      assertThat(client.status(1)).as(name).isEqualTo(408);
      drip.interrupt();
      drip.join();
    }
  }

  /** What is sent again and again. */
  private interface Drop {
    void send() throws IOException;
  }

  private static void drip(Drop drop) {
    try {
      while (true) {
        drop.send();
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt(); // the server had enough, or the test
    }
  }

  @Test
  void connection_unused_isClosedWithoutAWord() throws IOException {
    try (WireClient client = connect()) {
      client.expectEnd();
    }
  }

  @Test
  void connection_idleAfterARequest_isClosedWithoutAWord() throws IOException {
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo/nonblocking", "/echo/stream"})
  void body_stalled_is408(String path) throws IOException {
    try (WireClient client = connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.field("Connection")).isEqualTo("close");
      client.expectEnd();
    }
  }

  @Test
  void handler_slowerThanEveryLimit_isNotTheClientsFault() throws IOException {
    try (WireClient client = connect()) {
      assertThat(client.get("/sleep/1500").read().text()).isEqualTo("slept");
    }
  }

  @Test
  void client_thatDoesNotRead_isCutOff() throws Exception {
    try (WireClient client = connect()) {
      client.get("/endless");
      gaveUp.await(); // the server's writer was told that the client is gone
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    }
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  private void writeEndlessly(OutputStream out) throws IOException {
    byte[] block = new byte[64 * 1024];
    try {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      gaveUp.countDown();
      throw e;
    }
  }
}
