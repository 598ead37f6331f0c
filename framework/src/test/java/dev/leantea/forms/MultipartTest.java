package dev.leantea.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leantea.http.HttpException;
import dev.leantea.http.MemoryReservation;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String NAMED = "Content-Disposition: form-data; name=\"a\"\r\n";
  private static final String END = "--xyz--\r\n";

  @TempDir private Path folder;

  private FormLimits limits() {
    return FormLimits.DEFAULTS.withDirectory(folder).withInMemory(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what follows the first boundary's line | what the message says
        "Content-Type: text/plain~~lost~--xyz--~ | part 1: expected the field Content-Disposition",
        "~lost~--xyz--~ | part 1: expected the field Content-Disposition",
        "Content-Disposition: form-data; filename=\"x\"~~lost~--xyz--~ | part 1: expected a name",
        "Content-Disposition: attachment; name=\"a\"~~x~--xyz--~ | part 1: expected Content-Disposit",
        "Content-Disposition: form-data; name=a\0b~~x~--xyz--~ | part 1: expected a name without NUL",
        "Content-Disposition: form-data; name=a; filename=\"\0\"~~x~--xyz--~ | part 1: expected a fil",
        "Content-Disposition: form-data; name=\"a~~x~--xyz--~ | part 1: expected Content-Disposition",
        "Content-Disposition: form-data; name=\"a\" b~~x~--xyz--~ | part 1: expected Content-Disposi",
        "Content-Disposition: form-data; name=a; name=b~~x~--xyz--~ | part 1: expected the parameter",
        "Content-Disposition: form-data; name~~x~--xyz--~ | part 1: expected Content-Disposition",
        "Content-Disposition: form-data; name=\"a\"~ | part 1: expected header lines and an empty",
        "Content-Disposition~~x~--xyz--~ | part 1: expected a header line",
        "Content-Disposition: form-data; name=a~content-disposition: form-data; name=b~~x~--xyz--~"
            + " | part 1: expected the field \"content-disposition\" once",
        "Content-Disposition: form-data; name=a~Content-Type: te\1xt~~x~--xyz--~ | part 1: header",
        "Content-Disposition: form-data; name=a~~x | part 1 field \"a\": expected the boundary",
        "Content-Disposition: form-data; name=a~~x~--xyz | part 1 field \"a\": expected the boundary",
        "Content-Disposition: form-data; name=a~~x~--xyzz~ | part 1 field \"a\": expected the bounda",
        "Content-Disposition: form-data; name=a~~x~--xyz~~lost~--xyz--~ | part 2: expected the field",
      })
  void read_malformed_is400AndSaysWhere(String rest, String message) throws IOException {
    HttpException e = refusal(("--xyz~" + rest).replace("~", "\r\n"));
    assertThat(e.status()).isEqualTo(400);
    assertThat(e.reason()).startsWith("form: " + message);
    assertThat(files()).isEmpty();
  }

  @Test
  void read_lineFeedsAlone_is400() {
    HttpException e =
        refusal("--xyz\nContent-Disposition: form-data; name=\"a\"\n\n1\n--xyz--\r\n");
    assertThat(e.status()).isEqualTo(400);
    assertThat(e.reason()).contains("part 1", "bare LF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no boundary at all", "--other\r\n\r\nlost\r\n--other--\r\n", "--xy"})
  void read_anotherBoundary_is400(String body) {
    HttpException e = refusal(body);
    assertThat(e.status()).isEqualTo(400);
    assertThat(e.reason()).contains("expected the boundary that Content-Type names");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary="
            + "1234567890123456789012345678901234567890123456789012345678901234567890x"
      })
  void read_badBoundary_is400(String mediaType) {
    Request request =
        Request.of(Method.POST, "/").withHeader("Content-Type", mediaType).withBody("x");
    HttpException e = refusal(request, limits());
    assertThat(e.status()).isEqualTo(400);
    assertThat(e.reason()).contains("boundary of 1 to 70 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {END, "\r\n--xyz--", "a preamble\r\n--xyz--\r\nan epilogue"})
  void read_noParts_isAnEmptyForm(String body) throws IOException {
    try (Form form = Forms.read(request(body), limits())) {
      assertThat(form.parts()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name=plain; filename=token.txt | plain | token.txt",
        "name=\"with space \"; filename=\"a;b.txt\" | `with space ` | a;b.txt",
        "name=\"a%22b\"; filename=\"c%22d.txt\" | a\"b | c\"d.txt",
        "name=\"a\\\"b\"; filename=\"c\\\"d.txt\" | a\"b | c\"d.txt",
        "name=\"a\\\\b\"; filename=\"C:\\tea\\x.txt\" | a\\b | x.txt",
        "name=\"a\\b\"; filename=\"ends with \\\" | a\\b | ``",
        "name=\"50%25\"; filename=\"100%.txt\" | 50%25 | 100%.txt",
        "NAME=\"a\" ; FileName=\"\" | a | ``",
        "name=\"\"; filename=\"=?utf-8?q?x?=\" | `` | =?utf-8?q?x?=",
        "name=a; filename*=UTF-8''gr%C3%BCn.txt | a | grün.txt",
        "name=\"grün\"; filename=\"/srv/日本.txt\"; filename*=utf-8''no | grün | 日本.txt",
      })
  void read_names_areUnquoted(String parameters, String name, String fileName) throws IOException {
    String part = "Content-Disposition: form-data; " + parameters + "\r\n\r\nx\r\n";
    try (Form form = Forms.read(request("--xyz\r\n" + part + END), limits())) {
      assertThat(form.parts()).hasSize(1);
      assertThat(form.parts().getFirst().name()).isEqualTo(name);
      assertThat(form.parts().getFirst().fileName()).contains(fileName);
    }
  }

  @Test
  void read_lineBreaksOfBrowsers_arePartOfTheName() throws IOException {
    String part = "Content-Disposition: form-data; name=\"a%0D%0Ab\"\r\n\r\nx\r\n";
    try (Form form = Forms.read(request("--xyz\r\n" + part + END), limits())) {
      assertThat(form.first("a\r\nb")).contains("x");
    }
  }

  @Test
  void read_foldedHeader_isOneLine() throws IOException {
    String part = "Content-Disposition: form-data;\r\n name=\"a\"\r\nX-Other: 1\r\n\r\nx\r\n";
    try (Form form = Forms.read(request("--xyz\r\n" + part + END), limits())) {
      assertThat(form.first("a")).contains("x");
    }
  }

  @Test
  void read_longFileName_isRead() throws IOException {
    String name = "x".repeat(4000);
    String part = NAMED.strip() + "; filename=\"" + name + "\"\r\n\r\nhi\r\n";
    try (Form form = Forms.read(request("--xyz\r\n" + part + END), limits())) {
      assertThat(form.file("a").orElseThrow().fileName()).contains(name);
    }
  }

  @Test
  void read_headerSection_hasALimitOfItsOwn() throws IOException {
    String body = "--xyz\r\n" + NAMED + "\r\n" + "x\r\n" + END;
    int bytes = NAMED.length() + 2;
    try (Form form = Forms.read(request(body), limits().withPartHeaders(bytes))) {
      assertThat(form.first("a")).contains("x");
    }
    HttpException e = refusal(request(body), limits().withPartHeaders(bytes - 1));
    assertThat(e.status()).isEqualTo(413);
    assertThat(e.reason()).contains("part 1", "header lines of at most " + (bytes - 1) + " bytes");
  }

  @Test
  void read_tooManyParts_isRefusedBeforeTheRestIsRead() {
    String parts = ("--xyz\r\n" + NAMED + "\r\nx\r\n").repeat(3);
    HttpException e = refusal(request(parts), limits().withParts(2)); // there is no end
    assertThat(e.status()).isEqualTo(413);
    assertThat(e.reason()).contains("at most 2 parts");
  }

  @Test
  void read_fieldTooLarge_namesIt() {
    String body = "--xyz\r\n" + NAMED + "\r\n12345\r\n" + END;
    HttpException e = refusal(request(body), limits().withField(4));
    assertThat(e.status()).isEqualTo(413);
    assertThat(e.reason()).isEqualTo("form: part 1 field \"a\": expected at most 4 bytes");
  }

  @Test
  void read_muchInMemory_filesGoToTheDiskAndFieldsAreRefused() throws IOException {
    String field = "--xyz\r\n" + NAMED + "\r\n123456\r\n";
    String file = field.replace("name=\"a\"", "name=\"a\"; filename=\"f\"");
    try (Form form = Forms.read(request(file + file + END), limits().withTotalInMemory(10))) {
      assertThat(form.files("a")).extracting(Part::isInMemory).containsExactly(true, false);
      assertThat(form.files("a").getLast().text()).isEqualTo("123456");
    }
    HttpException e = refusal(request(field + field + END), limits().withTotalInMemory(10));
    assertThat(e.status()).isEqualTo(413);
    assertThat(e.reason()).contains("fields of at most 10 bytes together");
    assertThat(files()).isEmpty();
  }

  /** A connection that failed throws the same object at each read. */
  @Test
  void read_clientLeaves_throwsWhatTheConnectionThrewAndLeavesNoFile() throws IOException {
    String start = "--xyz\r\n" + NAMED.strip() + "; filename=\"f\"\r\n\r\n" + "x".repeat(5000);
    var gone = new IOException("the client closed the connection");
    assertThatThrownBy(() -> read(failing(start, gone))).isSameAs(gone);
    for (int cut : new int[] {0, 3, 20, 60}) {
      InputStream body = failing(start.substring(0, cut), gone);
      assertThatThrownBy(() -> read(body)).isSameAs(gone);
    }
    assertThat(gone.getSuppressed()).isEmpty();
    assertThat(files()).isEmpty();
  }

  private Form read(InputStream body) throws IOException {
    return MultipartReader.read("xyz", body, MemoryReservation.UNCOUNTED, limits());
  }

  private static InputStream failing(String start, IOException failure) {
    byte[] bytes = start.getBytes(StandardCharsets.UTF_8);
    return new InputStream() {
      private int at;

      @Override
      public int read() throws IOException {
        if (at == bytes.length) {
          throw failure;
        }
        return bytes[at++];
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        target[offset] = (byte) read();
        return 1;
      }
    };
  }

  private HttpException refusal(String body) {
    return refusal(request(body), limits());
  }

  private static HttpException refusal(Request request, FormLimits limits) {
    return catchThrowableOfType(HttpException.class, () -> Forms.read(request, limits).close());
  }

  private static Request request(String body) {
    return Request.of(Method.POST, "/")
        .withHeader("Content-Type", "multipart/form-data; boundary=xyz")
        .withBody(body);
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    }
  }
}
