package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.files.StaticFiles;
import dev.leantea.http.Handler;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a folder through real sockets. */
public abstract class StaticFilesContract extends ServerContract {
  private static final int LARGE_BYTES = 3_000_000;

  @TempDir(cleanup = CleanupMode.ALWAYS)
  @SuppressWarnings("unused") // so that each suite has a folder that is cleared
  private static Path shared;

  @SuppressWarnings("NullAway.Init") // made with the application
  private Path root;

  @Override
  protected Handler application() {
    try {
      root = Files.createTempDirectory(shared, "public");
      writeOld("tea.txt", "0123456789");
      writeOld("image.js", "old();");
      Files.writeString(root.resolve("words.vtt"), "WEBVTT");
      Files.createDirectory(root.resolve(".well-known"));
      Files.writeString(root.resolve(".well-known/security.txt"), "Contact");
      Files.write(root.resolve("large.bin"), ContractApplication.pattern(LARGE_BYTES));
      Files.writeString(root.resolve(".secret"), "secret");
      Files.writeString(root.resolveSibling("outside.txt"), "secret");
      return Router.builder().get("/files/{path...}", StaticFiles.of(root)).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeOld(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
  }

  @Test
  void get_largeFile_isTheSameBytes() throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get("/files/large.bin").read();
      assertThat(reply.field("Content-Length")).isEqualTo(String.valueOf(LARGE_BYTES));
      assertThat(reply.body()).isEqualTo(ContractApplication.pattern(LARGE_BYTES));
    }
  }

  @Test
  void head_file_saysTheLengthAlone() throws IOException {
    try (WireClient client = connect()) {
      client.send("HEAD /files/tea.txt HTTP/1.1\r\nHost: a\r\n\r\n");
      Reply reply = client.read(true);
      assertThat(reply.field("Content-Length")).isEqualTo("10");
      assertThat(reply.field("Content-Type")).isEqualTo("text/plain; charset=utf-8");
      assertThat(client.get("/files/tea.txt").read().text()).isEqualTo("0123456789");
    }
  }

  @Test
  void get_withItsTag_isNotModifiedAndKeepsTheConnection() throws IOException {
    try (WireClient client = connect()) {
      String tag = client.get("/files/tea.txt").read().field("ETag");
      Reply reply = get(client, "If-None-Match: " + tag);
      assertThat(reply.status()).isEqualTo(304);
      assertThat(reply.field("ETag")).isEqualTo(tag);
      assertThat(client.get("/files/tea.txt").read().status()).isEqualTo(200);
    }
  }

  /** The files of a container image all have one time, whatever is in them. */
  @Test
  void get_newContentOfTheSameSizeAndTime_isSent() throws IOException {
    try (WireClient client = connect()) {
      String tag = client.get("/files/image.js").read().field("ETag");
      writeOld("image.js", "new();");
      client.send("GET /files/image.js HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + tag + "\r\n\r\n");
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("new();");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "words.vtt, text/vtt; charset=utf-8",
    ".well-known/security.txt, text/plain; charset=utf-8",
    "image.js, text/javascript; charset=utf-8"
  })
  void get_file_hasItsMediaTypeAndNoOther(String name, String mediaType) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get("/files/" + name).read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.field("Content-Type")).isEqualTo(mediaType);
      assertThat(reply.field("X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3 | 206 | 0123",
        "bytes=4-9223372036854775808 | 206 | 456789",
        "bytes=-99999999999999999999 | 206 | 0123456789",
        "bytes=-3 | 206 | 789",
        "bytes=8- | 206 | 89",
        "bytes=0-1,4-5 | 200 | 0123456789",
        "potatoes=1 | 200 | 0123456789"
      })
  void get_range_isThatPart(String range, int status, String content) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = get(client, "Range: " + range);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.text()).isEqualTo(content);
      assertThat(client.get("/files/tea.txt").read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=99999999999999999999-"})
  void get_rangeBeyondTheEnd_is416(String range) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = get(client, "Range: " + range);
      assertThat(reply.status()).isEqualTo(416);
      assertThat(reply.field("Content-Range")).isEqualTo("bytes */10");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/.secret",
        "/files/../outside.txt",
        "/files/%2e%2e/outside.txt",
        "/files/..%2foutside.txt",
        "/files/..%5coutside.txt",
        "/files/%2e%2e%2foutside.txt",
        "/files//etc/passwd",
        "/files/nothing"
      })
  void get_notToBeServed_isRefused(String path) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get(path).read();
      assertThat(reply.status()).isIn(400, 404);
      assertThat(reply.text()).doesNotContain("secret", "root:");
    }
  }

  private static Reply get(WireClient client, String field) throws IOException {
    client.send("GET /files/tea.txt HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n");
    return client.read();
  }
}
