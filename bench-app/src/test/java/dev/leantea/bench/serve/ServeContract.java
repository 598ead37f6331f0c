package dev.leantea.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.ServerContract;
import dev.leantea.conformance.WireClient;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented routes over a socket, the same on every backend. */
abstract class ServeContract extends ServerContract {
  private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]+)\">");

  @TempDir private static Path folder;

  @Override
  protected Handler application() {
    return Answers.routes(Additions.NONE.withFiles(folder)).build();
  }

  private Reply get(String target) throws IOException {
    try (WireClient client = connect()) {
      return client.get(target).read();
    }
  }

  private static void assertReply(Reply reply, int status, String mediaType, String body) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.field("Content-Type")).isEqualTo(mediaType);
    assertThat(reply.text()).isEqualTo(body);
  }

  private static void assertError(Reply reply, int status, String message) {
    assertReply(reply, status, "application/json", "{\"error\":\"" + message + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/blocking"})
  void health_isOk(String target) throws Exception {
    assertReply(get(target), 200, "text/plain; charset=utf-8", "ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/json", "/json/blocking"})
  void json_isTheMessage(String target) throws Exception {
    assertReply(get(target), 200, "application/json", "{\"message\":\"Hello, World!\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "/echo?msg=hi,                 hi",
    "/echo?a=b&msg=tea+%26%20milk, tea & milk",
    "/echo?msg=%E8%8C%B6,          茶",
    "/echo?msg=,                   ''",
    "/echo,                        ''",
  })
  void echo_query_isTheMessage(String target, String message) throws Exception {
    assertReply(get(target), 200, "text/plain; charset=utf-8", message);
  }

  @Test
  void echo_queryNotEncoded_isRefused() throws Exception {
    Reply reply = get("/echo?msg=%zz");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("query parameter msg");
  }

  @Test
  void echo_body_comesBackWithItsMediaType() throws Exception {
    byte[] body = {0, 1, (byte) 0xff, '\r', '\n'};
    try (WireClient client = connect()) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/x-tea\r\n"
              + ("Content-Length: " + body.length + "\r\n\r\n"));
      Reply reply = client.send(body).read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.field("Content-Type")).isEqualTo("image/x-tea");
      assertThat(reply.body()).isEqualTo(body);
    }
  }

  @Test
  void echo_otherMethod_isNotAllowed() throws Exception {
    try (WireClient client = connect()) {
      Reply reply = client.send("DELETE /echo HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
      assertError(reply, 405, "method not allowed");
      assertThat(reply.field("Allow").split(", ")).contains("GET", "HEAD", "POST", "OPTIONS");
    }
  }

  @Test
  void user_isJson() throws Exception {
    assertReply(get("/users/42"), 200, "application/json", "{\"id\":42,\"name\":\"user 42\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/abc", "/users/-1", "/users/9223372036854775808", "/users/", "/users/1/2",
        "/sleep/abc", "/sleep/-1", "/sleep/600001", "/download/1099511627777", "/nowhere",
      })
  void path_valueThatDoesNotFit_isNotFound(String target) throws Exception {
    assertError(get(target), 404, "not found");
  }

  @Test
  void sleep_saysHowLong() throws Exception {
    assertReply(get("/sleep/1"), 200, "application/json", "{\"slept\":1}");
  }

  @Test
  void download_hasItsLengthAndPattern() throws Exception {
    Reply reply = get("/download/100000");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.field("Content-Type")).isEqualTo("application/octet-stream");
    byte[] expected = new byte[100_000];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (i % 251);
    }
    assertThat(reply.body()).isEqualTo(expected);
  }

  @Test
  void upload_isItsLengthAndDigest() throws Exception {
    try (WireClient client = connect()) {
      Reply reply = client.post("/upload", "abc".getBytes(StandardCharsets.US_ASCII)).read();
      // FIPS 180-4 has this digest as its example.
      assertReply(
          reply,
          200,
          "application/json",
          "{\"bytes\":3,\"sha256\":"
              + "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}");
    }
  }

  @Test
  void events_goOnFromTheLastId() throws Exception {
    try (WireClient client = connect()) {
      client.send("GET /events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 41\r\n\r\n");
      assertThat(client.readHead(200)).contains("Content-Type: text/event-stream");
      String expected = ":\n\nretry: 1000\n\ndata: tick 42\nid: 42\n\n";
      byte[] start = client.chunks().readNBytes(expected.length());
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo(expected);
    }
  }

  @Test
  void events_idThatIsNoNumber_isRefused() throws Exception {
    try (WireClient client = connect()) {
      client.send("GET /events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: x\r\n\r\n");
      assertError(client.read(), 400, "id: expected a number from 0 to 9007199254740992, got x");
    }
  }

  @Test
  void files_areThoseOfTheFolder() throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("b")).resolve("a.txt"), "tea");
    assertReply(get("/files/b/a.txt"), 200, "text/plain; charset=utf-8", "tea");
    assertError(get("/files/b/c.txt"), 404, "not found");
  }

  @Test
  void home_links_leadToPages() throws Exception {
    Matcher links = LINK.matcher(get("/").text());
    assertThat(links.results().map(link -> link.group(1)))
        .contains("/health", "/users/42", "/echo?msg=tea%20%26%20milk")
        .allMatch(target -> Answers.PAGES.parse(target.replace("&amp;", "&")).isPresent());
  }

  @Test
  void openApi_isValid_andNamesEveryPath() throws Exception {
    Reply reply = get("/openapi.json");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.field("Content-Type")).isEqualTo("application/json");
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(reply.text());
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(result.getOpenAPI().getPaths().keySet())
        .containsExactlyInAnyOrder(
            "/",
            "/health",
            "/health/blocking",
            "/json",
            "/json/blocking",
            "/echo",
            "/users/{id}",
            "/sleep/{millis}",
            "/ws",
            "/events",
            "/upload",
            "/download/{bytes}",
            "/openapi.json",
            "/files/{path}");
    assertThat(reply.text()).contains("\"operationId\":\"Echo\"", "\"operationId\":\"EchoBody\"");
  }
}
