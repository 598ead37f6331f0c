package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.conformance.Http2Client.Stream;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.forms.Form;
import dev.leantea.forms.Forms;
import dev.leantea.http.CompletedExchange;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.websocket.WebSocket;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of an application beside its handlers, and requests that nobody can answer as asked. */
public abstract class FaultContract extends ServerContract {
  @Override
  protected Handler application() {
    return Router.builder()
        .get("/text", _ -> failing(Response.text(200, "tea")))
        .get("/nonBlocking", nonBlocking(_ -> failing(Response.text(200, "tea"))))
        .get("/stream", _ -> failing(Response.stream(200, MediaType.TEXT, out -> out.write('t'))))
        .get("/reset", _ -> Response.text(205, "content that there is none of"))
        .get("/reset/stream", _ -> Response.stream(205, MediaType.TEXT, out -> out.write('t')))
        .get("/upgrade", _ -> Response.upgrade("tea", _ -> {}))
        .get("/socket", request -> WebSocket.accept(request, _ -> {}))
        .post("/json", request -> Response.jsonObj(200, request.json(Map.class)))
        .post("/form", FaultContract::form)
        .build();
  }

  private static Response failing(Response response) {
    return response.onClose(
        () -> {
          throw new StackOverflowError("on purpose");
        });
  }

  private static Response form(Request request) throws IOException {
    try (Form form = Forms.read(request)) {
      return Response.text(200, "" + form.parts().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/text", "/nonBlocking", "/stream"})
  void onClose_throwsAnError_answerAndConnectionAreKept(String path) throws IOException {
    try (WireClient client = connect()) {
      for (int i = 0; i < 2; i++) {
        Reply reply = client.get(path).read();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("Connection")).isEqualTo("keep-alive");
      }
    }
    try (Http2Client client = Http2Client.open(port())) {
      client.get(1, path);
      assertThat(client.await(1).text()).startsWith("t");
      client.get(3, path);
      assertThat(client.await(3).ended).isTrue();
    }
  }

  /** Fails as its name says. */
  private record Failing(String how) implements ExchangeListener {
    @Override
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a listener written elsewhere may do
    public Request started(Request request) {
      if (how.equals("started")) {
        throw new StackOverflowError("on purpose");
      }
      return how.equals("null") ? null : request;
    }

    @Override
    public void completed(CompletedExchange exchange) {
      if (how.equals("completed")) {
        throw new StackOverflowError("on purpose");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"started", "null", "completed"})
  void listener_fails_exchangesGoOn(String how) throws IOException {
    Handler tea = nonBlocking(_ -> Response.text(200, "tea"));
    try (Server server = serve(onLoopback().withExchangeListener(new Failing(how)), tea)) {
      try (var client = new WireClient(server.port())) {
        assertThat(client.get("/").read().text()).isEqualTo("tea");
        assertThat(client.get("/").read().text()).isEqualTo("tea");
      }
      try (Http2Client client = Http2Client.open(server.port())) {
        client.get(1, "/");
        assertThat(client.await(1).text()).isEqualTo("tea");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/reset", "/reset/stream"})
  void get_205_hasNoContent(String path) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.get(path).read();
      assertThat(reply.status()).isEqualTo(205);
      assertThat(reply.field("Content-Length")).isEqualTo("0");
      assertThat(client.get("/text").read().text()).isEqualTo("tea");
    }
    try (Http2Client client = Http2Client.open(port())) {
      client.get(1, path);
      Stream reply = client.await(1);
      assertThat(reply.status()).isEqualTo(205);
      assertThat(reply.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Connection: upgrade\r\nUpgrade: coffee, teapot\r\n", "Upgrade: tea\r\n"})
  void upgrade_notAskedFor_is426ThatNamesIt(String fields) throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.send("GET /upgrade HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n").read();
      assertThat(reply.status()).isEqualTo(426);
      assertThat(reply.text()).contains("upgrade: expected Upgrade: tea and Connection: upgrade");
      assertThat(reply.field("Upgrade")).isEqualTo("tea");
      assertThat(reply.field("Connection")).isEqualTo("keep-alive, upgrade");
      assertThat(client.get("/text").read().text()).isEqualTo("tea");
    }
  }

  @Test
  void upgrade_amongOthersAndInAnyCase_isMade() throws IOException {
    try (WireClient client = connect()) {
      client.send("GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\n");
      client.send("Upgrade: coffee/2\r\nUpgrade: h2c, TEA\r\n\r\n");
      assertThat(client.readHead(101)).contains("Upgrade: tea", "Connection: upgrade");
    }
  }

  @Test
  void upgrade_protocolThatHasNone_is400() throws IOException {
    try (WireClient client = connect()) {
      Reply reply = client.send("GET /upgrade HTTP/1.0\r\nHost: a\r\n\r\n").read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("upgrade: expected HTTP/1.1");
    }
    try (Http2Client client = Http2Client.open(port())) {
      client.get(1, "/upgrade");
      assertThat(client.await(1).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({"/json, application/json", "/form, application/x-www-form-urlencoded"})
  void post_contentCoding_is415ThatNamesIt(String path, String type) throws IOException {
    String head = "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\n";
    try (WireClient client = connect()) {
      client.send(head + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(415);
      assertThat(reply.text()).contains("expected no Content-Encoding, got").contains("gzip");
      assertThat(reply.field("Accept-Encoding")).isEqualTo("identity");
      client.send(head + "Content-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}");
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void refusedHandshake_clientAcceptsProblemDocuments_getsOne() throws IOException {
    try (WireClient client = connect()) {
      client.send("GET /socket HTTP/1.1\r\nHost: a\r\nAccept: application/problem+json\r\n\r\n");
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(426);
      assertThat(reply.field("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.field("Upgrade")).isEqualTo("websocket");
    }
  }

  @Test
  @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a program written elsewhere may do
  void serve_noHandler_refusedAtOnce() {
    assertThatThrownBy(() -> serve(onLoopback(), null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("handler: expected a value, got null");
  }
}
