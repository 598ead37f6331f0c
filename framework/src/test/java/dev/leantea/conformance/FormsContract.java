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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms through real sockets. */
public abstract class FormsContract extends ServerContract {
  private static final int MIB = 1024 * 1024;

  @TempDir private static Path shared;

  @SuppressWarnings("NullAway.Init") // made with the application
  private Path folder;

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
