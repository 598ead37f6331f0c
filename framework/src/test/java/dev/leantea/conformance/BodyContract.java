package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.conformance.WireClient.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies both ways: whole, chunked, streamed, unread, broken off. */
public abstract class BodyContract extends ServerContract {
  private static final int MIB = 1024 * 1024;

  @ParameterizedTest
  @CsvSource({
    "/echo,0",
    "/echo,1",
    "/echo,5000",
    "/echo,70000",
    "/echo,1048576",
    "/echo,8388608",
    "/echo/nonblocking,0",
    "/echo/nonblocking,5000",
    "/echo/nonblocking,1048576",
    "/echo/stream,0",
    "/echo/stream,5000",
    "/echo/stream,12000000"
  })
  void post_echo_returnsTheSameBytes(String path, int size) throws Exception {
    byte[] body = ContractApplication.pattern(size);
    try (WireClient client = connect()) {
      Thread sender = Thread.startVirtualThread(() -> post(client, path, body));
      Reply reply = client.read();
      sender.join();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(body);
      assertThat(reply.field("Content-Type")).isEqualTo("text/plain");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/body/twice", "/body/twice/nonblocking"})
  void post_readWholeThenStreamed_theSameBytes(String path) throws IOException {
    try (WireClient client = connect()) {
      post(client, path, "tea".getBytes(StandardCharsets.UTF_8));
      assertThat(client.read().text()).isEqualTo("tea tea tea");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void post_streamedThenReadWhole_saysSo() throws IOException {
    try (WireClient client = connect()) {
      post(client, "/body/streamed-before", new byte[5]);
      assertThat(client.read().text())
          .isEqualTo("5 bytes, then body: expected one reader, but stream() was called before");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  private static void post(WireClient client, String path, byte[] body) {
    try {
      client.post(path, body);
    } catch (IOException e) {
      throw new AssertionError("expected the server to take the body", e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo/nonblocking", "/echo/stream"})
  void post_chunked_isJoined(String path) throws IOException {
    try (WireClient client = connect()) {
      client.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "5\r\nhello\r\n1;x=\"\\\"\"\r\n \r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n");
      Reply reply = client.read();
      assertThat(reply.text()).isEqualTo("hello 0123456789");
      assertThat(reply.field("Content-Type")).isEqualTo("application/octet-stream");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo/nonblocking"})
  void post_64MiB_is413ThatReachesTheClient(String path) throws Exception {
    try (WireClient client = connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n");
      Thread sender = Thread.startVirtualThread(() -> sendIgnoringErrors(client, 64));
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.field("Connection")).isEqualTo("close");
      assertThat(reply.text()).contains("8388608");
      sender.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo/nonblocking"})
  void post_chunkedPast8MiB_is413(String path) throws Exception {
    try (WireClient client = connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      Thread sender = Thread.startVirtualThread(() -> sendChunksIgnoringErrors(client));
      assertThat(client.read().status()).isEqualTo(413);
      sender.join();
    }
  }

  private static void sendIgnoringErrors(WireClient client, int mebibytes) {
    byte[] block = new byte[MIB];
    try {
      for (int i = 0; i < mebibytes; i++) {
        client.send(block);
      }
    } catch (IOException e) {
      // the server may close once it has answered
    }
  }

  private static void sendChunksIgnoringErrors(WireClient client) {
    byte[] block = new byte[MIB];
    try {
      for (int i = 0; i < 12; i++) {
        client.send(Integer.toHexString(MIB) + "\r\n").send(block).send("\r\n");
      }
    } catch (IOException e) {
      // the server may close once it has answered
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo/nonblocking", "/echo/stream", "/ignore/nonblocking"})
  void post_expectContinue_isToldToGoOn(String path) throws IOException {
    try (WireClient client = connect()) {
      client.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
              + "Expect: 100-continue\r\n\r\n");
      Reply interim = client.read();
      assertThat(interim.status()).isEqualTo(100);
      assertThat(interim.fields()).isEmpty();
      client.send("hello");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void post_expectContinueAndHandlerDoesNotRead_answersAtOnceAndCloses() throws IOException {
    try (WireClient client = connect()) {
      client.send(
          "POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.field("Connection")).isEqualTo("close");
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ignore", "/ignore/nonblocking", "/nothing"})
  void post_unreadShortBody_goesBy(String path) throws IOException {
    try (WireClient client = connect()) {
      client.post(path, ContractApplication.pattern(20_000));
      assertThat(client.read().field("Connection")).isEqualTo("keep-alive");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ignore", "/nothing"})
  void post_unreadLongBody_answersAndCloses(String path) throws Exception {
    try (WireClient client = connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 8388608\r\n\r\n");
      Thread sender = Thread.startVirtualThread(() -> sendIgnoringErrors(client, 8));
      assertThat(client.read().field("Connection")).isEqualTo("close");
      sender.join();
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/echo",
        "/echo/nonblocking",
        "/echo/stream",
        "/ignore",
        "/ignore/nonblocking",
        "/nothing"
      })
  void post_malformedChunk_is400WhoeverReads(String path) throws IOException {
    try (WireClient client = connect()) {
      client.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "5\r\nhello!\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n");
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.field("Connection")).isEqualTo("close");
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo/nonblocking", "/echo/stream", "/ignore"})
  void post_clientEndsWithinBody_is400(String path) throws IOException {
    try (WireClient client = connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
      client.shutdownOutput();
      assertThat(client.read().status()).isEqualTo(400);
      client.expectEnd();
    }
  }

  @Test
  void post_clientEndsAfterBody_isAnswered() throws IOException {
    try (WireClient client = connect()) {
      client.post("/echo", "tea".getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      assertThat(client.read().text()).isEqualTo("tea");
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000, 100_000, 3_000_000})
  void get_largeBody_arrivesWhole(int size) throws IOException {
    try (WireClient client = connect()) {
      byte[] expected = ContractApplication.pattern(size);
      assertThat(client.get("/bytes/" + size).read().body()).isEqualTo(expected);
      assertThat(client.get("/stream/" + size).read().body()).isEqualTo(expected);
      assertThat(client.get("/stream/exact/" + size).read().body()).isEqualTo(expected);
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bytes/", "/stream/"})
  void get_largeBodyToAHalfClosedClient_arrivesWhole(String path) throws IOException {
    int size = 20_000_000; // more than the socket buffers hold: the server must wait for the client
    try (WireClient client = connect()) {
      client.get(path + size);
      client.shutdownOutput();
      assertThat(client.read().body()).isEqualTo(ContractApplication.pattern(size));
      client.expectEnd();
    }
  }

  @Test
  void get_streamToHttp10_isDelimitedByTheEnd() throws IOException {
    try (WireClient client = connect()) {
      client.send("GET /stream/5000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      Reply reply = client.read();
      assertThat(reply.first("Transfer-Encoding")).isEmpty();
      assertThat(reply.field("Connection")).isEqualTo("close");
      assertThat(reply.body()).isEqualTo(ContractApplication.pattern(5000));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream/broken", "/stream/short"})
  void get_streamBreaksOff_clientCanTell(String path) throws IOException {
    try (WireClient client = connect()) {
      client.get(path);
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    }
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }
}
