package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.forms.Form;
import dev.leantea.forms.FormLimits;
import dev.leantea.forms.Forms;
import dev.leantea.forms.Part;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms through real sockets. */
public abstract class FormsContract extends ServerContract {
  private static final int MIB = 1024 * 1024;
  private static final String MULTIPART = "multipart/form-data; boundary=xyz";

  @TempDir private static Path shared;

  @SuppressWarnings("NullAway.Init") // made with the application
  private Path folder;

  private final CountDownLatch uploading = new CountDownLatch(1);
  private final CompletableFuture<String> uploadEnd = new CompletableFuture<>();

  @Override
  protected Handler application() {
    try {
      folder = Files.createTempDirectory(shared, "parts");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FormLimits limits = FormLimits.DEFAULTS.withDirectory(folder).withTotal(8 * MIB);
    return Router.builder()
        .post("/form", request -> describe(request, limits))
        .post("/upload", request -> upload(request, limits))
        .get("/health", _ -> Response.text(200, "ok"))
        .build();
  }

  private static Response describe(Request request, FormLimits limits) throws IOException {
    var text = new StringBuilder();
    try (Form form = Forms.read(request, limits)) {
      for (Part part : form.parts()) {
        String content = part.size() < 100 ? part.text() : "hash " + Arrays.hashCode(part.bytes());
        text.append("%s %s %s%n".formatted(part.name(), part.fileName().orElse("-"), content));
      }
    }
    return Response.text(200, text.toString());
  }

  /** Is left in the middle by its client. */
  private Response upload(Request request, FormLimits limits) throws IOException {
    uploading.countDown();
    try {
      return describe(request, limits);
    } catch (IOException | RuntimeException e) {
      uploadEnd.complete(e instanceof IOException ? "the client left" : e.toString());
      throw e;
    }
  }

  @Test
  void post_urlencoded_isRead() throws IOException {
    try (WireClient client = connect()) {
      client.send(
          """
          POST /form HTTP/1.1\r
          Host: a\r
          Content-Type: application/x-www-form-urlencoded; charset=utf-8\r
          Content-Length: 17\r
          \r
          tea=gr%C3%BCn&x=1""");
      assertThat(client.read().text()).isEqualTo("tea - grün\nx - 1\n");
    }
  }

  @Test
  void post_urlencodedInLatin1_isDecoded() throws IOException {
    try (WireClient client = connect()) {
      String type = "application/x-www-form-urlencoded; charset=iso-8859-1";
      assertThat(post(client, type, "tea=gr%FCn").text()).isEqualTo("tea - grün\n");
      String unknown = "application/x-www-form-urlencoded; charset=no-such";
      assertThat(post(client, unknown, "tea=gr%FCn").status()).isEqualTo(415);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the body, with ~ for CRLF and ! for a bare LF | what the answer names
        "--xyz!Content-Disposition: form-data; name=\"a\"!!1!--xyz--~ | part 1: expected CRLF",
        "--xyz~Content-Disposition: form-data; name=\"a\"~ | part 1: expected header lines",
        "--xyz~Content-Type: text/plain~~lost~--xyz--~ | part 1: expected the field",
        "--xyz~Content-Disposition: form-data; filename=\"x\"~~lost~--xyz--~ | part 1: expected a n",
        "--xyz~Content-Disposition: form-data; name=\"a\0\"~~1~--xyz--~ | part 1: expected a name",
        "--abc~Content-Disposition: form-data; name=\"a\"~~1~--abc--~ | the boundary",
        "--xyz~Content-Disposition: form-data; name=\"a\"~~cut | part 1 field",
      })
  void post_malformedMultipart_is400AndKeepsTheConnection(String body, String message)
      throws IOException {
    try (WireClient client = connect()) {
      Reply reply = post(client, MULTIPART, body.replace("~", "\r\n").replace("!", "\n"));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains(message).doesNotContain("Exception");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
    assertNoFile();
  }

  @Test
  void post_longFileName_isRead() throws IOException {
    String name = "x".repeat(450);
    String part = "Content-Disposition: form-data; name=\"f\"; filename=\"" + name + "\"";
    try (WireClient client = connect()) {
      Reply reply = post(client, MULTIPART, "--xyz\r\n" + part + "\r\n\r\nhi\r\n--xyz--\r\n");
      assertThat(reply.text()).isEqualTo("f " + name + " hi\n");
    }
  }

  @Test
  void post_clientLeaves_throwsAndLeavesNoFile() throws Exception {
    try (WireClient client = connect()) {
      client.send(
          "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\nContent-Type: "
              + MULTIPART
              + "\r\n\r\n");
      client.send(part("name=\"file\"; filename=\"big.bin\"", new byte[200_000]));
      assertThat(uploading.await(30, TimeUnit.SECONDS)).isTrue();
      client.reset();
    }
    assertThat(uploadEnd.get(30, TimeUnit.SECONDS)).isEqualTo("the client left");
    assertNoFile();
  }

  private static Reply post(WireClient client, String mediaType, String body) throws IOException {
    client.send(
        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(mediaType, body.length(), body));
    return client.read();
  }

  @Test
  void post_multipart_isReadAndLeavesNoFile() throws IOException {
    byte[] content = ContractApplication.pattern(5 * MIB);
    try (WireClient client = connect()) {
      Reply reply = post(client, content);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text())
          .isEqualTo("title - Tee\nfile big.bin hash " + Arrays.hashCode(content) + "\n");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
    assertNoFile();
  }

  @Test
  void post_overTheLimit_is413AndLeavesNoFile() throws IOException {
    try (WireClient client = connect()) {
      assertThat(post(client, new byte[9 * MIB]).status()).isEqualTo(413);
    }
    assertNoFile();
  }

  private static Reply post(WireClient client, byte[] file) throws IOException {
    var body = new ByteArrayOutputStream();
    body.writeBytes(part("name=\"title\"", "Tee".getBytes(StandardCharsets.UTF_8)));
    body.writeBytes(part("name=\"file\"; filename=\"big.bin\"", file));
    body.writeBytes("--xyz--\r\n".getBytes(StandardCharsets.US_ASCII));
    client.send(
        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=xyz\r\n"
            + "Content-Length: "
            + body.size()
            + "\r\n\r\n");
    Thread sender = Thread.startVirtualThread(() -> sendIgnoringErrors(client, body));
    Reply reply = client.read();
    join(sender);
    return reply;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The server may answer and close before it has read all. */
  private static void sendIgnoringErrors(WireClient client, ByteArrayOutputStream body) {
    try {
      client.send(body.toByteArray());
    } catch (IOException e) {
      // the answer tells
    }
  }

  private static byte[] part(String disposition, byte[] content) {
    var part = new ByteArrayOutputStream();
    part.writeBytes(
        ("--xyz\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    part.writeBytes(content);
    part.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    return part.toByteArray();
  }

  private void assertNoFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
