package dev.leantea.bench.libraries;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.filter.Compression;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses coded by brotli4j and zstd-jni, over sockets, and read by their decoders. */
@OnEveryBackend
@Timeout(120)
final class CompressionTest {
  private static final String LONG = "green tea, black tea; ".repeat(500);
  private static final String LARGE = LONG.repeat(20);

  private final Semaphore gate = new Semaphore(0);
  private final Server server;

  CompressionTest(String backend) {
    server = Backends.named(backend).serve(ServerConfig.of(0).withHost("127.0.0.1"), routes());
  }

  private Handler routes() {
    return Router.builder()
        .filter(Compression.best())
        .get("/bytes", nonBlocking(_ -> Response.text(200, LONG).header("ETag", "\"1\"")))
        .get("/large", nonBlocking(_ -> Response.text(200, LARGE)))
        .get("/stream", _ -> Response.stream(200, MediaType.TEXT, CompressionTest::write))
        .get("/gated", _ -> Response.stream(200, MediaType.EVENT_STREAM, this::gated))
        .get("/broken", _ -> Response.stream(200, MediaType.TEXT, CompressionTest::breakOff))
        .build();
  }

  private static void write(OutputStream out) throws IOException {
    out.write(LARGE.getBytes(StandardCharsets.US_ASCII));
  }

  private void gated(OutputStream out) throws IOException {
    out.write("first".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    gate.acquireUninterruptibly();
    out.write("second".getBytes(StandardCharsets.US_ASCII));
  }

  private static void breakOff(OutputStream out) throws IOException {
    write(out);
    out.flush();
    throw new IOException("on purpose");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private WireClient connect() throws IOException {
    return new WireClient(server.port());
  }

  private static void ask(WireClient client, String path, String accept) throws IOException {
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + accept + "\r\n\r\n");
  }

  private static Reply get(WireClient client, String path, String accept) throws IOException {
    ask(client, path, accept);
    return client.read();
  }

  /** The decoded body of a streamed response, as it comes. */
  private static InputStream begin(WireClient client, String path, String coding)
      throws IOException {
    ask(client, path, coding);
    client.readHead(200);
    return decoder(coding, client.chunks());
  }

  private static InputStream decoder(String coding, InputStream in) throws IOException {
    return switch (coding) {
      case "br" -> eager(new BrotliInputStream(in));
      case "zstd" -> new ZstdInputStream(in);
      case "gzip" -> new GZIPInputStream(in);
      default -> throw new AssertionError("expected a coding, got " + coding);
    };
  }

  /** Gives what it has before it needs more. */
  private static InputStream eager(BrotliInputStream in) {
    in.enableEagerOutput();
    return in;
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip"})
  void get_bodyOfEachKind_isDecodedByTheLibrary(String coding) throws IOException {
    try (WireClient client = connect()) {
      for (String path : new String[] {"/bytes", "/large", "/stream"}) {
        Reply reply = get(client, path, coding);
        assertThat(reply.field("Content-Encoding")).isEqualTo(coding);
        assertThat(reply.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(reply.body().length).isLessThan(2000);
        try (InputStream in = decoder(coding, new ByteArrayInputStream(reply.body()))) {
          assertThat(in.readAllBytes()).asString().isEqualTo(path.equals("/bytes") ? LONG : LARGE);
        }
      }
    }
  }

  /** RFC 9110 §12.5.3. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          br;q=0.5, zstd;q=0.8         | zstd
          br;q=0.8, zstd;q=0.5         | br
          gzip;q=1.0, br;q=0.9         | gzip
          gzip, deflate, br, zstd      | zstd
          gzip, deflate, br            | br
          *                            | zstd
          zstd;q=0, *                  | br
          *;q=0, gzip                  | gzip
          BR                           | br
          br;q=0.001                   | br
          br;q=0                       | none
          identity, br;q=0.5           | none
          identity;q=0.5, br;q=0.5     | br
          deflate, compress            | none
          br;q=x                       | none
          """)
  void get_weights_choose(String accept, String coding) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = get(client, "/bytes", accept);
      assertThat(reply.first("Content-Encoding").orElse("none")).isEqualTo(coding);
      assertThat(reply.field("Vary")).isEqualTo("Accept-Encoding");
      assertThat(reply.field("ETag")).isEqualTo(coding.equals("none") ? "\"1\"" : "W/\"1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd"})
  void head_saysWhatGetWouldSay(String coding) throws IOException {
    try (WireClient client = connect()) {
      Reply get = get(client, "/bytes", coding);
      client.send("HEAD /bytes HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + coding + "\r\n\r\n");
      Reply head = client.read(true);
      assertThat(head.field("Content-Encoding")).isEqualTo(coding);
      assertThat(head.field("Content-Length")).isEqualTo(get.field("Content-Length"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd"})
  void get_stream_flushReachesTheClient(String coding) throws IOException {
    try (WireClient client = connect()) {
      InputStream in = begin(client, "/gated", coding);
      for (byte expected : "first".getBytes(StandardCharsets.US_ASCII)) {
        assertThat(in.read()).isEqualTo(expected);
      }
      gate.release();
      assertThat(in.readAllBytes()).asString().isEqualTo("second");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd"})
  void get_streamThatBreaksOff_theClientCanTell(String coding) throws IOException {
    try (WireClient client = connect()) {
      InputStream in = begin(client, "/broken", coding);
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void get_withoutAcceptEncoding_isAsItIs() throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get("/bytes").read();
      assertThat(reply.first("Content-Encoding")).isEmpty();
      assertThat(reply.text()).isEqualTo(LONG);
    }
  }
}
