package dev.leantea.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlencodedTest {
  private static final int MIB = 1024 * 1024;
  private static final String TYPE = "application/x-www-form-urlencoded";

  @ParameterizedTest
  @CsvSource({
    "iso-8859-1, n%E4me=gr%FCn",
    "ISO-8859-1, näme=grün",
    "windows-1252, n%e4me=gr%fcn",
    "utf-8, n%C3%A4me=gr%C3%BCn",
    "UTF-8, näme=grün"
  })
  void read_charset_isHonoured(String charset, String body) throws IOException {
    byte[] bytes = body.getBytes(Charset.forName(charset));
    try (Form form = Forms.read(request(TYPE + "; charset=" + charset, bytes))) {
      assertThat(form.first("näme")).contains("grün");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-charset", "utf-16", "utf-32", "IBM500"})
  void read_charsetUnknownOrWithoutAscii_is415(String charset) {
    HttpException e = refusal(TYPE + "; charset=" + charset, "a=1", FormLimits.DEFAULTS);
    assertThat(e.status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({
    "a=%zz, 400, field \"a\": expected two hexadecimal digits",
    "a=1&b=%4, 400, field \"b\": expected two hexadecimal digits",
    "a=1&%=2, 400, field 2: name: expected two hexadecimal digits",
    "a=%FF, 400, field \"a\": expected text in UTF-8",
    "%FF=1, 400, field 1: expected text in UTF-8",
    "a%00b=1, 400, field 1: expected a name without NUL",
    "a=123456, 413, field \"a\": expected at most 5 bytes",
    "a=%31%32%33%34%35%36, 413, field \"a\": expected at most 5 bytes",
    "abcdef=1, 413, field 1: name: expected at most 5 bytes",
    "a=1&b=2&c=3, 413, expected at most 2 parts",
    "&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&, 413, expected at most 25 bytes"
  })
  void read_malformedOrTooLarge_namesTheField(String body, int status, String message) {
    var limits = FormLimits.DEFAULTS.withField(5).withParts(2).withTotal(25);
    HttpException e = refusal(TYPE, body, limits);
    assertThat(e.status()).isEqualTo(status);
    assertThat(e.reason()).startsWith("form: " + message);
  }

  @Test
  void read_emptyPairs_areSkipped() throws IOException {
    byte[] body = "&&a=1&&=2&b&".getBytes(StandardCharsets.UTF_8);
    try (Form form = Forms.read(request(TYPE, body))) {
      assertThat(form.parts()).extracting(Part::name).containsExactly("a", "", "b");
    }
  }

  /** The worst bodies of 8 MiB: what is allocated must stay in proportion, or a small heap ends. */
  @ParameterizedTest
  @ValueSource(strings = {"&", "%41", "a", "=", "a=&", "%C3%A4"})
  void read_8MiB_takesMemoryInProportion(String piece) {
    byte[] body = piece.repeat(8 * MIB / piece.length()).getBytes(StandardCharsets.US_ASCII);
    Request request = request(TYPE, body);
    var limits = FormLimits.DEFAULTS.withField(8 * MIB);
    read(request(TYPE, "warm=up".getBytes(StandardCharsets.US_ASCII)), limits);
    long before = allocated();
    read(request, limits);
    assertThat(allocated() - before).isLessThan(8L * body.length);
  }

  private static void read(Request request, FormLimits limits) {
    try (Form form = Forms.read(request, limits)) {
      assertThat(form.parts()).hasSizeLessThanOrEqualTo(1000);
    } catch (HttpException e) {
      assertThat(e.status()).isEqualTo(413);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static HttpException refusal(String mediaType, String body, FormLimits limits) {
    Request request = request(mediaType, body.getBytes(StandardCharsets.US_ASCII));
    return catchThrowableOfType(HttpException.class, () -> Forms.read(request, limits).close());
  }

  private static Request request(String mediaType, byte[] body) {
    return Request.of(Method.POST, "/").withHeader("Content-Type", mediaType).withBody(body);
  }
}
