package dev.leantea.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
  @TempDir private Path folder;

  private FormLimits limits() {
    return FormLimits.DEFAULTS.withDirectory(folder).withInMemory(1000);
  }

  @Test
  void read_urlencoded_decodes() throws Exception {
    try (Form form = Forms.read(urlencoded("name=gr%C3%BCner+Tee&x=1&x=2&flag&empty="))) {
      assertThat(form.first("name")).contains("grüner Tee");
      assertThat(form.all("x")).containsExactly("1", "2");
      assertThat(form.first("flag")).contains("");
      assertThat(form.first("empty")).contains("");
      assertThat(form.first("none")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "%ff=1"})
  void read_badPercentEncoding_is400(String body) {
    assertThat(status(urlencoded(body), limits())).isEqualTo(400);
  }

  @Test
  void read_multipart_givesFieldsAndFiles() throws Exception {
    Request request =
        multipart(
            part("name=\"title\"", "grüner Tee"),
            part("name=\"up\"; filename=\"C:\\\\tmp\\\\small.txt\"", "small"),
            part("name=\"up\"; filename=\"big.bin\"", "b".repeat(5000)));
    try (Form form = Forms.read(request, limits())) {
      assertThat(form.first("title")).contains("grüner Tee");
      assertThat(form.files("up")).hasSize(2);
      Part small = form.files("up").getFirst();
      assertThat(small.fileName()).contains("small.txt");
      assertThat(small.isInMemory()).isTrue();
      Part big = form.files("up").getLast();
      assertThat(big.isInMemory()).isFalse();
      assertThat(big.size()).isEqualTo(5000);
      assertThat(big.text()).isEqualTo("b".repeat(5000));
      big.saveAs(folder.resolve("kept"));
    }
    assertThat(names()).containsExactly("kept");
  }

  @Test
  void read_fileExactlyInMemory_staysThere() throws Exception {
    try (Form form =
        Forms.read(multipart(part("name=\"f\"; filename=\"f\"", "x".repeat(1000))), limits())) {
      assertThat(form.file("f").orElseThrow().isInMemory()).isTrue();
    }
  }

  @Test
  void read_overALimit_is413AndLeavesNoFile() throws Exception {
    Request big =
        multipart(
            part("name=\"a\"; filename=\"a\"", "x".repeat(5000)),
            part("name=\"b\"; filename=\"b\"", "x".repeat(50_000)));
    assertThat(status(big, limits().withTotal(20_000))).isEqualTo(413);
    assertThat(status(big, limits().withParts(1))).isEqualTo(413);
    Request field = multipart(part("name=\"a\"", "x".repeat(5000)));
    assertThat(status(field, limits().withField(4999))).isEqualTo(413);
    assertThat(status(urlencoded("a=1&b=2&c=3"), limits().withParts(2))).isEqualTo(413);
    assertThat(status(urlencoded("a=12345"), limits().withField(4))).isEqualTo(413);
    assertThat(names()).isEmpty();
  }

  @Test
  void read_lengthUnknownAndTooLarge_is413() throws Exception {
    Request whole = multipart(part("name=\"a\"; filename=\"a\"", "x".repeat(50_000)));
    Request chunked =
        Request.of(Method.POST, "/")
            .withHeader("Content-Type", whole.mediaType().value())
            .withBody(whole.bytes());
    assertThat(status(chunked, limits().withTotal(20_000))).isEqualTo(413);
    assertThat(names()).isEmpty();
  }

  @Test
  void read_cutOff_is400AndLeavesNoFile() throws Exception {
    String whole = body(part("name=\"a\"; filename=\"a\"", "x".repeat(5000)));
    Request cut = multipart(whole.substring(0, 4000).getBytes(StandardCharsets.UTF_8));
    assertThat(status(cut, limits())).isEqualTo(400);
    assertThat(names()).isEmpty();
  }

  @Test
  void read_noBoundary_is400() {
    Request request =
        Request.of(Method.POST, "/")
            .withHeader("Content-Type", "multipart/form-data")
            .withBody("x");
    assertThat(status(request, limits())).isEqualTo(400);
  }

  @Test
  void read_otherMediaType_is415() {
    Request json = Request.of(Method.POST, "/").withHeader("Content-Type", "application/json");
    assertThat(status(json, limits())).isEqualTo(415);
  }

  private static int status(Request request, FormLimits limits) {
    return catchThrowableOfType(HttpException.class, () -> Forms.read(request, limits)).status();
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    }
  }

  private static Request urlencoded(String body) {
    return Request.of(Method.POST, "/")
        .withHeader("Content-Type", "application/x-www-form-urlencoded")
        .withBody(body);
  }

  private static String part(String disposition, String content) {
    return "--xyz\r\nContent-Disposition: form-data; "
        + disposition
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String body(String... parts) {
    return String.join("", parts) + "--xyz--\r\n";
  }

  private static Request multipart(String... parts) {
    return multipart(body(parts).getBytes(StandardCharsets.UTF_8));
  }

  private static Request multipart(byte[] body) {
    return Request.of(Method.POST, "/")
        .withHeader("Content-Type", "multipart/form-data; boundary=xyz")
        .withHeader("Content-Length", String.valueOf(body.length))
        .withBody(body);
  }
}
