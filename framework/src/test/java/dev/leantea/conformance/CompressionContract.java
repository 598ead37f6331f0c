package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.filter.Compression;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed responses through real sockets. */
public abstract class CompressionContract extends ServerContract {
  private static final String LONG = "green tea, black tea; ".repeat(500);

  private final Semaphore gate = new Semaphore(0);

  @Override
  protected Handler application() {
    return Router.builder()
        .filter(Compression.gzip())
        .get("/bytes", _ -> Response.text(200, LONG).header("ETag", "\"1\""))
        .get("/stream", _ -> Response.stream(200, MediaType.TEXT, CompressionContract::write))
        .get("/small", _ -> Response.text(200, "ok"))
        .get("/gated", _ -> Response.stream(200, MediaType.EVENT_STREAM, this::gated))
        .build();
  }

  private static void write(OutputStream out) throws IOException {
    out.write(LONG.getBytes(StandardCharsets.US_ASCII));
  }

  private void gated(OutputStream out) throws IOException {
    out.write("first".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    gate.acquireUninterruptibly();
    out.write("second".getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bytes", "/stream"})
  void get_withGzip_isCompressed(String path) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = get(client, path, "br;q=0.9, gzip");
      assertThat(reply.field("Content-Encoding")).isEqualTo("gzip");
      assertThat(reply.field("Vary")).isEqualTo("Accept-Encoding");
      assertThat(reply.body().length).isLessThan(1000);
      assertThat(gunzip(reply.body())).isEqualTo(LONG);
      assertThat(get(client, "/small", "gzip").text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bytes", "/stream"})
  void get_withoutGzip_isAsItIs(String path) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = get(client, path, "gzip;q=0");
      assertThat(reply.first("Content-Encoding")).isEmpty();
      assertThat(reply.field("Vary")).isEqualTo("Accept-Encoding");
      assertThat(reply.text()).isEqualTo(LONG);
    }
  }

  @Test
  void head_withGzip_saysWhatGetWouldSay() throws IOException {
    try (WireClient client = connect()) {
      Reply get = get(client, "/bytes", "gzip");
      client.send("HEAD /bytes HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
      Reply head = client.read(true);
      assertThat(head.field("Content-Length")).isEqualTo(get.field("Content-Length"));
      assertThat(head.field("ETag")).isEqualTo("W/\"1\"").isEqualTo(get.field("ETag"));
    }
  }

  @Test
  void get_compressedStream_flushReachesTheClient() throws IOException {
    try (WireClient client = connect()) {
      client.send("GET /gated HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
      client.readHead(200);
      var gzip = new GZIPInputStream(client.chunks());
      assertThat(gzip.readNBytes(5)).asString().isEqualTo("first");
      gate.release();
      assertThat(gzip.readAllBytes()).asString().isEqualTo("second");
    }
  }

  private static Reply get(WireClient client, String path, String accept) throws IOException {
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: " + accept + "\r\n\r\n");
    return client.read();
  }

  private static String gunzip(byte[] content) throws IOException {
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes(),
        StandardCharsets.US_ASCII);
  }
}
