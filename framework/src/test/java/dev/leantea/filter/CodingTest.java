package dev.leantea.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import dev.leantea.http.Body;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All codings, against decoders that are not ours. */
class CodingTest {
  private static final byte[] LONG =
      "green tea, black tea; ".repeat(500).getBytes(StandardCharsets.US_ASCII);

  static List<Coding> codings() {
    return Coding.available();
  }

  private static InputStream decoder(Coding coding, byte[] content) throws IOException {
    var in = new ByteArrayInputStream(content);
    return switch (coding) {
      case GzipCoding _ -> new GZIPInputStream(in);
      case BrotliCoding _ -> eager(new BrotliInputStream(in));
      case ZstdCoding _ -> new ZstdInputStream(in);
    };
  }

  /** Gives what it has before it needs more. */
  private static InputStream eager(BrotliInputStream in) {
    in.enableEagerOutput();
    return in;
  }

  /** As much as {@link #LONG}, byte by byte: a decoder may fail at the end that is missing. */
  private static byte[] begin(InputStream in) throws IOException {
    byte[] begin = new byte[LONG.length];
    for (int i = 0; i < begin.length; i++) {
      begin[i] = (byte) in.read();
    }
    return begin;
  }

  private static byte[] decoded(Coding coding, byte[] content) throws IOException {
    try (InputStream in = decoder(coding, content)) {
      return in.readAllBytes();
    }
  }

  @Test
  void available_allLibrariesAreOnThePathOfTheTests() {
    assertThat(codings()).extracting(Coding::name).containsExactly("zstd", "br", "gzip");
  }

  @ParameterizedTest
  @MethodSource("codings")
  void encode_inMemory(Coding coding) throws IOException {
    byte[] encoded = coding.encode(LONG);
    assertThat(encoded.length).isLessThan(300);
    assertThat(decoded(coding, encoded)).isEqualTo(LONG);
    assertThat(decoded(coding, coding.encode(new byte[0]))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("codings")
  void compress_stream_flushReachesTheClient(Coding coding) throws Exception {
    var sent = new ByteArrayOutputStream();
    var buffered = new BufferedOutputStream(sent); // as a response is
    CodedBody.compress(
            coding,
            out -> {
              out.write(LONG);
              out.flush();
              assertThat(begin(decoder(coding, sent.toByteArray()))).isEqualTo(LONG);
              out.write('!');
            })
        .writeTo(buffered);
    assertThat(decoded(coding, sent.toByteArray())).startsWith(LONG).hasSize(LONG.length + 1);
  }

  @ParameterizedTest
  @MethodSource("codings")
  void compress_largeStream(Coding coding) throws Exception {
    byte[] large = new byte[1_000_000];
    new Random(7).nextBytes(large);
    var sent = new ByteArrayOutputStream();
    CodedBody.compress(coding, out -> out.write(large)).writeTo(sent);
    assertThat(decoded(coding, sent.toByteArray())).isEqualTo(large);
  }

  @ParameterizedTest
  @MethodSource("codings")
  void compress_streamThatBreaksOff_hasNoEnd(Coding coding) {
    var sent = new ByteArrayOutputStream();
    assertThatThrownBy(
            () ->
                CodedBody.compress(
                        coding,
                        out -> {
                          out.write(LONG);
                          out.flush();
                          throw new IOException("broke");
                        })
                    .writeTo(sent))
        .hasMessage("broke");
    assertThatThrownBy(() -> decoded(coding, sent.toByteArray())).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @MethodSource("codings")
  void best_theClientsCoding_isUsed(Coding coding) throws Exception {
    Request request =
        Request.of(Method.GET, "/").withHeader("Accept-Encoding", coding.name() + ", x;q=0.5");
    Response response =
        Compression.best()
            .apply(_ -> Response.bytes(200, MediaType.TEXT, LONG).header("ETag", "\"a\""))
            .handle(request);
    assertThat(response.headers().first("Content-Encoding")).contains(coding.name());
    assertThat(response.headers().first("ETag")).contains("W/\"a\"");
    assertThat(decoded(coding, ((Body.Bytes) response.body()).content())).isEqualTo(LONG);
  }

  @Test
  void best_clientOfNoCoding_getsItPlain() throws Exception {
    Response response =
        Compression.best()
            .apply(_ -> Response.bytes(200, MediaType.TEXT, LONG))
            .handle(Request.of(Method.GET, "/").withHeader("Accept-Encoding", "deflate"));
    assertThat(response.headers().contains("Content-Encoding")).isFalse();
    assertThat(response.headers().first("Vary")).contains("Accept-Encoding");
  }
}
