package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, responses, routing and failing handlers, as a client sees them. */
public abstract class HttpContract extends ServerContract {
  private Reply get(String path) throws IOException {
    try (WireClient client = connect()) {
      return client.get(path).read();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/blocking"})
  void get_literalRoute_answersText(String path) throws IOException {
    Reply reply = get(path);
    assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(reply.text()).isEqualTo("ok");
    assertThat(reply.field("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(reply.field("Content-Length")).isEqualTo("2");
    assertThat(reply.field("Date"))
        .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
  }

  @Test
  void get_json_isSerialized() throws IOException {
    Reply reply = get("/json");
    assertThat(reply.text()).isEqualTo("{\"message\":\"Hello, World!\"}");
    assertThat(reply.field("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void get_queryAndPath_areDecodedOnce() throws IOException {
    assertThat(get("/echo?msg=a%20b+c%2525").text()).isEqualTo("a b c%25");
    assertThat(get("/users/%C3%A9t%C3%A9").text()).isEqualTo("{\"id\":\"été\"}");
    assertThat(get("/users/a%2Fb").text()).isEqualTo("{\"id\":\"a/b\"}");
    assertThat(get("/%68ealth").text()).isEqualTo("ok");
  }

  @Test
  void get_dotSegments_neverLeadOutside() throws IOException {
    assertThat(get("/files/a/../b").text()).isEqualTo("b");
    assertThat(get("/files/%2e%2e/health").text()).isEqualTo("ok");
    assertThat(get("/../health").status()).isEqualTo(400);
    assertThat(get("/files/a%2Fb").text()).isEqualTo("a/b");
    assertThat(get("/files/..%2f..%2fetc").status()).isEqualTo(400);
  }

  @Test
  void get_badPercentEncoding_is400() throws IOException {
    assertThat(get("/users/%zz").status()).isEqualTo(400);
    assertThat(get("/users/%ff").status()).isEqualTo(400);
    assertThat(get("/echo?msg=%").status()).isEqualTo(400);
  }

  @Test
  void get_absoluteForm_isRoutedByItsPath() throws IOException {
    assertThat(get("http://elsewhere.example:81/health").text()).isEqualTo("ok");
  }

  @Test
  void get_unknownPath_is404WithJson() throws IOException {
    Reply reply = get("/nothing");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text()).isEqualTo("{\"error\":\"not found\"}");
    assertThat(reply.field("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void delete_getRoute_is405WithAllow() throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.send("DELETE /health HTTP/1.1\r\nHost: a\r\n\r\n").read();
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
      assertThat(client.get("/health").read().status()).isEqualTo(200);
    }
  }

  @Test
  void options_pathAndServer_answerAllow() throws IOException {
    try (WireClient client = connect()) {
      Reply path = client.send("OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n").read();
      assertThat(path.status()).isEqualTo(204);
      assertThat(path.field("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
      Reply server = client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").read();
      assertThat(server.status()).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/json", "/bytes/100000", "/stream/10", "/stream/exact/10"})
  void head_getRoute_hasTheHeadOfGetAndNoBody(String path) throws IOException {
    try (WireClient client = connect()) {
      Reply head = client.send("HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").read(true);
      Reply get = client.get(path).read();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.first("Content-Length")).isEqualTo(get.first("Content-Length"));
      assertThat(head.first("Transfer-Encoding")).isEqualTo(get.first("Transfer-Encoding"));
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/empty", "/not-modified"})
  void get_statusWithoutBody_leavesConnectionInStep(String path) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get(path).read();
      assertThat(reply.first("Content-Length")).isEmpty();
      assertThat(reply.first("Transfer-Encoding")).isEmpty();
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void get_redirect_namesLocation() throws IOException {
    Reply reply = get("/redirect");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.field("Location")).isEqualTo("/health");
    assertThat(reply.field("Content-Length")).isEqualTo("0");
  }

  private String scheme() {
    return TestTls.isServed(port()) ? "https" : "http";
  }

  @Test
  void get_requestsParts_areThoseOfTheWire() throws IOException {
    try (WireClient client = connect()) {
      client.send(
          "GET /r%65quest/%40%c3%a9%2f?n=&x=%zz HTTP/1.1\r\nHost: tea.example:81\r\n"
              + "Cookie: b=2; a=\"x=y\"\r\nCookie: a=3\r\n\r\n");
      assertThat(client.read().text())
          .isEqualTo(
              "[\""
                  + scheme()
                  + "\",\"tea.example:81\",\"/request/@%C3%A9%2F\",\"/request/{id}\","
                  + "\"@é/\",\"x=y\",-1]");
      client.send("GET http://other.example/request/1?n=7 HTTP/1.1\r\nHost: tea.example\r\n\r\n");
      assertThat(client.read().text())
          .isEqualTo(
              "[\""
                  + scheme()
                  + "\",\"other.example\",\"/request/1\",\"/request/{id}\",\"1\",\"none\",7]");
      Reply bad = client.get("/request/1?n=seven").read();
      assertThat(bad.status()).isEqualTo(400);
      assertThat(bad.text()).contains("query parameter n: expected a whole number, got");
    }
  }

  @Test
  void get_cookiesAndFields_areLinesOfTheirOwn() throws IOException {
    Reply reply = get("/cookies");
    assertThat(reply.all("Set-Cookie"))
        .containsExactly("__Host-a=1; Path=/; Secure; HttpOnly", "b=2; Max-Age=3600");
    assertThat(reply.all("Vary")).containsExactly("Accept", "Cookie");
    assertThat(reply.all("Cache-Control")).containsExactly("private");
  }

  @Test
  void headers_repeatedAndWithCommas_areNeitherMergedNorSplit() throws IOException {
    try (WireClient client = connect()) {
      Reply reply =
          client
              .send(
                  "GET /headers HTTP/1.1\r\nHost: a\r\nX-Two: 1\r\nx-two: 2, 3\r\n"
                      + "User-Agent: a, b (c, d)\r\nEmpty:\r\n\r\n")
              .read();
      assertThat(reply.text())
          .isEqualTo(
              "[\"Host: a\",\"X-Two: 1\",\"x-two: 2, 3\",\"User-Agent: a, b (c, d)\",\"Empty: \"]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fail", "/fail/nonblocking", "/fail/error", "/fail/null"})
  void get_handlerThrows_is500WithoutDetailsAndConnectionLives(String path) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get(path).read();
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text()).isEqualTo("{\"error\":\"internal server error\"}");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void get_handlerThrowsHttpException_isItsStatusAndMessage() throws IOException {
    Reply reply = get("/fail/http");
    assertThat(reply.status()).isEqualTo(418);
    assertThat(reply.text()).isEqualTo("{\"error\":\"short and stout\"}");
  }

  @Test
  void get_remoteAddress_isTheClients() throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get("/remote").read();
      assertThat(reply.text()).isEqualTo("/127.0.0.1:" + client.socket().getLocalPort());
    }
  }

  @Test
  void unknownMethod_is501() throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.send("BREW /health HTTP/1.1\r\nHost: a\r\n\r\n").read();
      assertThat(reply.status()).isEqualTo(501);
      assertThat(reply.text()).isEqualTo("{\"error\":\"method not implemented\"}");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void unknownVersion_is505() throws IOException {
    try (WireClient client = connect()) {
      assertThat(client.send("GET / HTTP/3.0\r\nHost: a\r\n\r\n").read().status()).isEqualTo(505);
      client.expectEnd();
    }
  }

  @Test
  void request_cutAtEveryByte_isAnsweredTheSame() throws IOException {
    String request =
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nX: y\r\n\r\n";
    try (WireClient client = connect()) {
      for (int cut = 1; cut < request.length(); cut++) {
        client.send(request.substring(0, cut));
        client.send(request.substring(cut));
        assertThat(client.read().text()).as("cut at %d", cut).isEqualTo("hello");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/blocking"})
  void pipeline_64RequestsInOneSegment_areAnsweredInOrder(String path) throws IOException {
    var requests = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      requests.append("GET ").append(i % 2 == 0 ? path : "/echo?msg=" + i);
      requests.append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    try (WireClient client = connect()) {
      client.send(requests.toString());
      for (int i = 0; i < 64; i++) {
        Reply reply = client.read();
        assertThat(reply.text()).isEqualTo(i % 2 == 0 ? "ok" : String.valueOf(i));
        assertThat(reply.field("Connection")).isEqualTo("keep-alive");
      }
    }
  }

  @Test
  void jdkClient_getAndPost_interoperates() throws Exception {
    try (HttpClient client = TestTls.http().version(HttpClient.Version.HTTP_1_1).build()) {
      URI root = URI.create(TestTls.origin(port()));
      HttpResponse<String> got =
          client.send(
              HttpRequest.newBuilder(root.resolve("/echo?msg=tea")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(got.body()).isEqualTo("tea");
      byte[] body = ContractApplication.pattern(300_000);
      HttpResponse<byte[]> posted =
          client.send(
              HttpRequest.newBuilder(root.resolve("/echo"))
                  .expectContinue(true)
                  .header("Content-Type", "image/png")
                  .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(posted.body()).isEqualTo(body);
      assertThat(posted.headers().allValues("Content-Type")).containsExactly("image/png");
    }
  }

  @Test
  void bytesThatAreNoHttp_areRefusedWithJson() throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.send("\u0016\u0003\u0001\u0002\u0000\u0001").read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.field("Content-Type")).isEqualTo("application/json");
      assertThat(new String(reply.body(), StandardCharsets.UTF_8)).startsWith("{\"error\":\"");
      client.expectEnd();
    }
  }
}
