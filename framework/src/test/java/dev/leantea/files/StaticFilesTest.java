package dev.leantea.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leantea.http.Body;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
  private static final Instant OLD = Instant.parse("2020-01-02T03:04:05Z");

  @TempDir private Path temporary;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private Handler routes;

  @BeforeEach
  void setUp() throws IOException {
    Path root = Files.createDirectory(temporary.resolve("public"));
    write(root.resolve("tea.txt"), "0123456789");
    write(root.resolve("empty.css"), "");
    write(root.resolve("a b%.html"), "odd");
    write(root.resolve(".secret"), "secret");
    write(Files.createDirectory(root.resolve(".git")).resolve("config"), "secret");
    write(Files.createDirectory(root.resolve("sub")).resolve("index.html"), "index");
    Path wellKnown = Files.createDirectory(root.resolve(".well-known"));
    write(wellKnown.resolve("security.txt"), "Contact");
    write(wellKnown.resolve(".hidden"), "secret");
    write(Files.createDirectory(root.resolve("sub/.well-known")).resolve("x"), "secret");
    write(temporary.resolve("outside.txt"), "secret");
    Files.createDirectory(root.resolve("bare"));
    Files.createSymbolicLink(root.resolve("escape.txt"), temporary.resolve("outside.txt"));
    Files.createSymbolicLink(root.resolve("up"), temporary);
    Files.createSymbolicLink(root.resolve("shown.txt"), root.resolve(".secret"));
    Files.createSymbolicLink(root.resolve("alias.txt"), root.resolve("tea.txt"));
    Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
    routes = Router.builder().get("/files/{path...}", StaticFiles.of(root)).build();
  }

  private static void write(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(OLD));
  }

  @Test
  void handle_file_hasTypeLengthAndValidators() throws Exception {
    Response response = get("tea.txt");
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("0123456789");
    assertThat(response.headers().first("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(response.headers().first("Last-Modified")).contains("Thu, 02 Jan 2020 03:04:05 GMT");
    assertThat(response.headers().first("ETag").orElseThrow()).matches("\"[0-9a-f-]+\"");
    assertThat(response.headers().first("Accept-Ranges")).contains("bytes");
    assertThat(response.headers().first("X-Content-Type-Options")).contains("nosniff");
  }

  @ParameterizedTest
  @CsvSource({
    "sub/, index",
    "a%20b%25.html, odd",
    "alias.txt, 0123456789",
    "empty.css, ''",
    ".well-known/security.txt, Contact",
    "/.well-known/security.txt, Contact"
  })
  void handle_otherNames_areServed(String path, String content) throws Exception {
    assertThat(text(get(path))).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        ".secret",
        ".git/config",
        ".well-known/.hidden",
        "sub/.well-known/x",
        ".well-known2/x",
        "..%2Foutside.txt",
        "sub%2F..%2F..%2Foutside.txt",
        "..%5Coutside.txt",
        "escape.txt",
        "up/outside.txt",
        "up/public/tea.txt%00.png",
        "shown.txt",
        "loop",
        "bare/",
        "",
        "tea.txt/",
        "tea.txt/x",
        "%2Fetc%2Fpasswd"
      })
  void handle_notToBeServed_isNotFound(String path) {
    assertThat(status(path)).isIn(400, 404);
  }

  private int status(String path) {
    var e = catchThrowableOfType(Exception.class, () -> get(path));
    return switch (e) {
      case HttpException http -> http.status();
      case IllegalArgumentException _ -> 400; // the target itself is refused
      default -> throw new AssertionError("expected a refusal of " + path, e);
    };
  }

  @Test
  void handle_folderWithoutSlash_redirects() throws Exception {
    Response response = routes.handle(Request.of(Method.GET, "/files/sub?x=1"));
    assertThat(response.status()).isEqualTo(308);
    assertThat(response.headers().first("Location")).contains("/files/sub/?x=1");
  }

  @Test
  void handle_folderWithoutSlash_queryAsBrowsersSendIt_isEncoded() throws Exception {
    Response response = routes.handle(Request.of(Method.GET, "/files/sub?x[]={1}|%20"));
    assertThat(response.headers().first("Location")).contains("/files/sub/?x%5B%5D=%7B1%7D%7C%20");
  }

  @Test
  void handle_matchingTag_isNotModified() throws Exception {
    String tag = get("tea.txt").headers().first("ETag").orElseThrow();
    Response response = get("tea.txt", "If-None-Match", "\"other\", W/" + tag);
    assertThat(response.status()).isEqualTo(304);
    assertThat(response.headers().first("ETag")).contains(tag);
    assertThat(get("tea.txt", "If-None-Match", "*").status()).isEqualTo(304);
    assertThat(get("tea.txt", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    assertThat(get("tea.txt", "If-Match", tag).status()).isEqualTo(200);
    assertThat(get("tea.txt", "If-Match", "\"other\"").status()).isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Modified-Since | Thu, 02 Jan 2020 03:04:05 GMT | 304",
        "If-Modified-Since | Thu, 02 Jan 2020 03:04:04 GMT | 200",
        "If-Modified-Since | no date | 200",
        "If-Unmodified-Since | Thu, 02 Jan 2020 03:04:05 GMT | 200",
        "If-Unmodified-Since | Thu, 02 Jan 2020 03:04:04 GMT | 412",
      })
  void handle_dates_byTheSecond(String name, String date, int status) throws Exception {
    assertThat(get("tea.txt", name, date).status()).isEqualTo(status);
  }

  @Test
  void handle_range_isAPart() throws Exception {
    Response response = get("tea.txt", "Range", "bytes=2-4");
    assertThat(response.status()).isEqualTo(206);
    assertThat(response.headers().first("Content-Range")).contains("bytes 2-4/10");
    assertThat(text(response)).isEqualTo("234");
  }

  @Test
  void handle_rangeBeyondTheEnd_isRefusedWithTheLength() throws Exception {
    Response response = get("tea.txt", "Range", "bytes=10-");
    assertThat(response.status()).isEqualTo(416);
    assertThat(response.headers().first("Content-Range")).contains("bytes */10");
  }

  @ParameterizedTest
  @CsvSource({"Range, bytes=10-, 416", "If-Match, \"other\", 412"})
  void handle_refusedAndClientAcceptsProblemDocuments_getsOne(String name, String value, int status)
      throws Exception {
    Request request =
        Request.of(Method.GET, "/files/tea.txt")
            .withHeader("Accept", "application/problem+json")
            .withHeader(name, value);
    Response response = routes.handle(request);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().first("Content-Type")).contains("application/problem+json");
  }

  @Test
  void handle_ifRange_decidesOnTheRange() throws Exception {
    String tag = get("tea.txt").headers().first("ETag").orElseThrow();
    assertThat(ranged("If-Range", tag)).isEqualTo(206);
    assertThat(ranged("If-Range", "W/" + tag)).isEqualTo(200);
    assertThat(ranged("If-Range", "\"other\"")).isEqualTo(200);
    // Times can be set: the same one does not mean the same content.
    assertThat(ranged("If-Range", "Thu, 02 Jan 2020 03:04:05 GMT")).isEqualTo(200);
    assertThat(ranged("If-Range", "Thu, 02 Jan 2020 03:04:06 GMT")).isEqualTo(200);
  }

  private int ranged(String name, String value) throws Exception {
    Request request = Request.of(Method.GET, "/files/tea.txt").withHeader("Range", "bytes=0-1");
    return routes.handle(request.withAddedHeader(name, value)).status();
  }

  @Test
  void handle_newContentOfTheSameSizeAndTime_isSent() throws Exception {
    String tag = get("tea.txt").headers().first("ETag").orElseThrow();
    write(temporary.resolve("public/tea.txt"), "9876543210");
    Response response = get("tea.txt", "If-None-Match", tag);
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("9876543210");
    assertThat(response.headers().first("ETag").orElseThrow()).isNotEqualTo(tag);
  }

  @Test
  void handle_sameContentElsewhere_hasTheSameTag() throws Exception {
    write(temporary.resolve("public/copy.txt"), "0123456789");
    assertThat(get("copy.txt").headers().first("ETag"))
        .isEqualTo(get("tea.txt").headers().first("ETag"));
  }

  @Test
  void handle_newContentOfALargeFile_isSent() throws Exception {
    Path file = temporary.resolve("public/large.bin");
    write(file, "a".repeat(2_000_000));
    String tag = get("large.bin").headers().first("ETag").orElseThrow();
    assertThat(tag).startsWith("W/"); // it was written a moment ago
    assertThat(get("large.bin", "If-None-Match", tag).status()).isEqualTo(304);
    Object before = Files.getAttribute(file, "unix:ctime");
    while (Files.getAttribute(file, "unix:ctime").equals(before)) { // until its clock ticks
      write(file, "b".repeat(2_000_000));
    }
    assertThat(get("large.bin", "If-None-Match", tag).status()).isEqualTo(200);
  }

  private Response get(String path) throws Exception {
    return routes.handle(Request.of(Method.GET, "/files/" + path));
  }

  private Response get(String path, String name, String value) throws Exception {
    return routes.handle(Request.of(Method.GET, "/files/" + path).withHeader(name, value));
  }

  private static String text(Response response) throws IOException {
    var out = new ByteArrayOutputStream();
    ((Body.File) response.body()).writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
