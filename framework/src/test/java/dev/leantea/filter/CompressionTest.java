package dev.leantea.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Body;
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
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final String LONG = "tea ".repeat(1000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "br, gzip;q=0.5",
        "*",
        "gzip;q=0.001",
        "identity;q=0.5, gzip",
        "deflate, gzip;q=1.0, *;q=0.5"
      })
  void prefersGzip_asked_does(String value) {
    assertThat(AcceptEncoding.prefersGzip(List.of(value))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "br",
        "identity",
        "gzip;q=0",
        "gzip;q=0.000",
        "*;q=0",
        "*, gzip;q=0",
        "identity, gzip;q=0.5",
        "gzip;q=2",
        "gzip;level=9"
      })
  void prefersGzip_notAsked_doesNot(String value) {
    assertThat(AcceptEncoding.prefersGzip(List.of(value))).isFalse();
  }

  @Test
  void prefersGzip_noField_doesNot() {
    assertThat(AcceptEncoding.prefersGzip(List.of())).isFalse();
  }

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
            Response.text(206, LONG),
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
  void apply_notModified_varies() throws Exception {
    assertThat(gzip(Response.empty(304)).headers().all("Vary")).containsExactly("Accept-Encoding");
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

  private static String readAvailable(byte[] content, int octets) throws IOException {
    var in = new GZIPInputStream(new ByteArrayInputStream(content));
    return new String(in.readNBytes(octets), StandardCharsets.UTF_8);
  }
}
