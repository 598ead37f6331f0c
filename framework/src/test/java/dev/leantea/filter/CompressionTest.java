package dev.leantea.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Body;
import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
  private static final String LONG = "tea ".repeat(1000);

  @Test
  void apply_text_compressesAndVaries() throws Exception {
    Response response = gzip(Response.text(200, LONG).header("ETag", "\"x\""));
    assertThat(response.headers().first("Content-Encoding")).contains("gzip");
    assertThat(response.headers().all("Vary")).containsExactly("Accept-Encoding");
    assertThat(response.headers().all("ETag")).containsExactly("W/\"x\"");
    byte[] content = ((Body.Bytes) response.body()).content();
    assertThat(content.length).isLessThan(200);
    assertThat(gunzip(content)).isEqualTo(LONG);
  }

  @Test
  void apply_clientWithoutGzip_variesAlone() throws Exception {
    Response response = handle(Response.text(200, LONG), Request.of(Method.GET, "/"));
    assertThat(response.headers().contains("Content-Encoding")).isFalse();
    assertThat(response.headers().all("Vary")).containsExactly("Accept-Encoding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Vary | Origin, accept-encoding", "Vary | *"})
  void apply_variesAlready_addsNone(String name, String value) throws Exception {
    Response response = gzip(Response.text(200, LONG).header(name, value));
    assertThat(response.headers().all("Vary")).containsExactly(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Encoding | br",
        "Content-Range | bytes 0-1/2",
        "Cache-Control | public, no-transform"
      })
  void apply_notToBeTouched_staysAsItIs(String name, String value) throws Exception {
    Response given = Response.text(200, LONG).header(name, value);
    assertThat(gzip(given)).isSameAs(given);
  }

  @Test
  void apply_smallOrCompressedOrPartial_staysAsItIs() throws Exception {
    List<Response> given =
        List.of(
            Response.text(200, "x".repeat(1023)),
            Response.bytes(200, new MediaType("image/png"), new byte[5000]),
            Response.stream(200, MediaType.TEXT, 1023, _ -> {}),
            Response.bytes(206, new MediaType("image/png"), new byte[5000]),
            Response.text(206, LONG).header("Cache-Control", "no-transform"),
            Response.empty(304).header("Cache-Control", "no-transform"),
            Response.empty(204),
            Response.upgrade("x", _ -> {}));
    for (Response response : given) {
      assertThat(gzip(response)).isSameAs(response);
    }
  }

  @Test
  void apply_stream_flushReachesTheClient() throws Exception {
    var seen = new ByteArrayOutputStream();
    Response response =
        gzip(
            Response.stream(
                200,
                MediaType.EVENT_STREAM,
                out -> {
                  out.write("first".getBytes(StandardCharsets.US_ASCII));
                  out.flush();
                  assertThat(readAvailable(seen.toByteArray(), 5)).isEqualTo("first");
                  out.write("second".getBytes(StandardCharsets.US_ASCII));
                }));
    Body.Stream body = (Body.Stream) response.body();
    assertThat(body.length()).isEmpty();
    body.writer().writeTo(seen);
    assertThat(gunzip(seen.toByteArray())).isEqualTo("firstsecond");
  }

  @Test
  void apply_brokenStream_hasNoEnd() throws Exception {
    var seen = new ByteArrayOutputStream();
    Response response =
        gzip(
            Response.stream(
                200,
                MediaType.TEXT,
                out -> {
                  out.write(LONG.getBytes(StandardCharsets.US_ASCII));
                  out.flush();
                  throw new IOException("broke");
                }));
    assertThatThrownBy(() -> ((Body.Stream) response.body()).writer().writeTo(seen))
        .hasMessage("broke");
    assertThatThrownBy(() -> gunzip(seen.toByteArray())).isInstanceOf(IOException.class);
  }

  @Test
  void apply_part_variesAlone() throws Exception {
    Response part = Response.text(206, LONG).header("Content-Range", "bytes 0-3999/8000");
    Response response = gzip(part.header("ETag", "\"x\""));
    assertThat(response.headers().contains("Content-Encoding")).isFalse();
    assertThat(response.headers().all("Vary")).containsExactly("Accept-Encoding");
    assertThat(response.headers().all("ETag")).containsExactly("\"x\"");
    var several = new MediaType("multipart/byteranges; boundary=x");
    assertThat(gzip(Response.bytes(206, several, new byte[5000])).headers().all("Vary"))
        .containsExactly("Accept-Encoding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "gzip     | W/\"x\"          | W/\"x\"",
        "gzip     | W/\"y\", W/\"x\"  | W/\"x\"",
        "gzip     | \"x\"            | \"x\"",
        "gzip     | *                | \"x\"",
        "identity | W/\"x\"          | \"x\""
      })
  void apply_notModified_hasTheTagOfThe200(String accept, String asked, String tag)
      throws Exception {
    Request request =
        Request.of(Method.GET, "/")
            .withHeader("Accept-Encoding", accept)
            .withHeader("If-None-Match", asked);
    Response response = handle(Response.empty(304).header("ETag", "\"x\""), request);
    assertThat(response.headers().all("ETag")).containsExactly(tag);
    assertThat(response.headers().all("Vary")).containsExactly("Accept-Encoding");
  }

  @Test
  void apply_largeBodyInMemory_isCompressedWhileItIsSent() throws Exception {
    String large = LONG.repeat(100);
    Body.Stream body = (Body.Stream) gzip(Response.text(200, large)).body();
    var sent = new ByteArrayOutputStream();
    body.writer().writeTo(sent);
    assertThat(gunzip(sent.toByteArray())).isEqualTo(large);
  }

  @Test
  void gzip_aroundANonBlockingHandler_staysNonBlocking() {
    Handler handler = Handler.nonBlocking(_ -> Response.text(200, LONG));
    assertThat(Compression.gzip().apply(handler).execution()).isEqualTo(Execution.NON_BLOCKING);
  }

  private static Response gzip(Response response) throws Exception {
    return handle(response, Request.of(Method.GET, "/").withHeader("Accept-Encoding", "gzip"));
  }

  private static Response handle(Response response, Request request) throws Exception {
    Handler handler = Compression.gzip().apply(_ -> response);
    return handler.handle(request);
  }

  private static String gunzip(byte[] content) throws IOException {
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes(),
        StandardCharsets.UTF_8);
  }

  private static String readAvailable(byte[] content, int count) throws IOException {
    var in = new GZIPInputStream(new ByteArrayInputStream(content));
    return new String(in.readNBytes(count), StandardCharsets.UTF_8);
  }
}
