package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.files.StaticFiles;
import dev.leantea.filter.Compression;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed responses through real sockets. */
public abstract class CompressionContract extends ServerContract {
  private static final String LONG = "green tea, black tea; ".repeat(500);
  private static final String LARGE = LONG.repeat(20);

  @TempDir(cleanup = CleanupMode.ALWAYS)
  @SuppressWarnings("unused") // so that each suite has a folder that is cleared
  private static Path shared;

  private final Semaphore gate = new Semaphore(0);

  @Override
  protected Handler application() {
    return Router.builder()
        .filter(Compression.gzip())
        .get("/bytes", _ -> Response.text(200, LONG).header("ETag", "\"1\""))
        .get("/large", nonBlocking(_ -> Response.text(200, LARGE)))
        .get("/files/{path...}", folder())
        .get("/stream", _ -> Response.stream(200, MediaType.TEXT, CompressionContract::write))
        .get("/small", _ -> Response.text(200, "ok"))
        .get("/gated", _ -> Response.stream(200, MediaType.EVENT_STREAM, this::gated))
        .build();
  }

  private static Handler folder() {
    try {
      Path folder = Files.createTempDirectory(shared, "public");
      for (String name : List.of("long.txt", "tea.bin")) {
        Path file = Files.writeString(folder.resolve(name), LONG);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
      }
      return StaticFiles.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
  void get_largeBodyInMemory_isCompressed() throws IOException {
    try (WireClient client = connect()) {
      Reply reply = get(client, "/large", "gzip");
      assertThat(reply.field("Content-Encoding")).isEqualTo("gzip");
      assertThat(gunzip(reply.body())).isEqualTo(LARGE);
      assertThat(get(client, "/small", "gzip").text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "long.txt, gzip, true",
    "long.txt, identity, true",
    "tea.bin, gzip, false",
    "tea.bin, identity, false"
  })
  void get_fileThatTheClientHas_is304WithTheTagAndVaryOfThe200(
      String file, String accept, boolean varies) throws IOException {
    try (WireClient client = connect()) {
      Reply ok = get(client, "/files/" + file, accept);
      assertThat(ok.status()).isEqualTo(200);
      assertThat(ok.first("Vary").isPresent()).isEqualTo(varies);
      String asked = accept + "\r\nIf-None-Match: " + ok.field("ETag");
      Reply unchanged = get(client, "/files/" + file, asked);
      assertThat(unchanged.status()).isEqualTo(304);
      assertThat(unchanged.field("ETag")).isEqualTo(ok.field("ETag"));
      assertThat(unchanged.field("Vary")).isEqualTo("Accept-Encoding");
    }
  }

  @Test
  void get_partOfAFile_isNotCompressedAndVaries() throws IOException {
    try (WireClient client = connect()) {
      Reply part = get(client, "/files/long.txt", "gzip\r\nRange: bytes=0-1999");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.field("Vary")).isEqualTo("Accept-Encoding");
      assertThat(part.field("ETag")).startsWith("\"");
      assertThat(part.text()).isEqualTo(LONG.substring(0, 2000));
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
