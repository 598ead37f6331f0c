package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.ProblemDocuments;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.validation.Input;
import dev.leantea.validation.Inputs;
import java.io.IOException;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input, and the framework's own refusals, as problem documents. */
public abstract class ValidationContract extends ServerContract {
  private record Order(String tea, int grams) {}

  @Override
  protected Handler application() {
    return ProblemDocuments.filter()
        .apply(
            Router.builder()
                .get("/teas/{id}", nonBlocking(it -> text(it.path("id", UUID.class))))
                .get("/teas", nonBlocking(ValidationContract::find))
                .post("/orders", ValidationContract::order)
                .get("/form", nonBlocking(it -> text(it.preferred(MediaType.JSON, MediaType.HTML))))
                .build());
  }

  private static Response text(Object value) {
    return Response.text(200, value.toString());
  }

  private static Response find(Request request) {
    var inputs = Inputs.of(request);
    Input<Integer> page = inputs.query("page", Integer.class).check(it -> it > 0, "1 or more");
    Input<LocalDate> from = inputs.query("from", LocalDate.class).required();
    return text(page.orElse(1) + " " + from.value());
  }

  private static Response order(Request request) throws IOException {
    Input<Order> order =
        Inputs.of(request).json(Order.class).check("/grams", it -> it.grams() > 0, "more than 0");
    return text(order.value().grams());
  }

  private Reply get(String target, String fields) throws IOException {
    try (WireClient client = connect()) {
      return client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n").read();
    }
  }

  private Reply post(String mediaType, String body) throws IOException {
    try (WireClient client = connect()) {
      String head =
          "POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: "
              + mediaType
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      return client.send(head + body).read();
    }
  }

  private static void assertProblem(Reply reply, int status, String detail) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.field("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.text()).contains("\"status\":" + status + ",\"detail\":\"" + detail);
  }

  @Test
  void values_thatFit_areRead() throws IOException {
    assertThat(get("/teas?from=2026-01-31&page=2", "").text()).isEqualTo("2 2026-01-31");
    assertThat(get("/teas?from=2026-01-31&page=", "").text()).isEqualTo("1 2026-01-31");
    assertThat(post("application/json", "{\"tea\":\"oolong\",\"grams\":7}").text()).isEqualTo("7");
  }

  @Test
  void query_severalWrongValues_oneProblem() throws IOException {
    Reply reply = get("/teas?page=0", "");
    assertProblem(reply, 400, "page: expected 1 or more, got 0; and 1 more");
    assertThat(reply.text())
        .contains(
            "\"errors\":[{\"detail\":\"expected 1 or more, got 0\",\"parameter\":\"page\"},"
                + "{\"detail\":\"expected a value, got none\",\"parameter\":\"from\"}]");
  }

  @Test
  void body_wrongValues_arePointedTo() throws IOException {
    Reply reply = post("application/json", "{\"tea\":7,\"grams\":\"x\"}");
    assertProblem(reply, 400, "/");
    assertThat(reply.text())
        .contains(
            "{\"detail\":\"expected a text, got 7\",\"pointer\":\"#/tea\"}",
            "{\"detail\":\"expected a whole number, got \\\"x\\\"\",\"pointer\":\"#/grams\"}");
    assertThat(post("application/json", "{\"tea\":\"a\",\"grams\":0}").text())
        .contains("{\"detail\":\"expected more than 0\",\"pointer\":\"#/grams\"}");
  }

  @Test
  void body_noJson_lineAndColumn() throws IOException {
    assertProblem(
        post("application/json", "{\n  tea"),
        400,
        "body: expected JSON, got a syntax error at line 2, column 3");
  }

  @Test
  void framework_itsOwnRefusals_areProblems() throws IOException {
    assertProblem(get("/none", ""), 404, "not found");
    assertProblem(get("/teas/7", ""), 404, "not found");
    Reply wrongMethod = get("/orders", "");
    assertProblem(wrongMethod, 405, "method not allowed");
    assertThat(wrongMethod.field("Allow")).contains("POST");
    assertProblem(post("text/plain", "{}"), 415, "body: expected Content-Type application/json");
  }

  @ParameterizedTest
  @CsvSource({"text/html, text/html", "'text/html;q=0.5, */*', application/json"})
  void accept_theClientsPreference(String accept, String expected) throws IOException {
    assertThat(get("/form", "Accept: " + accept + "\r\n").text()).startsWith(expected);
  }

  @Test
  void accept_noneOfWhatThereIs_406() throws IOException {
    assertProblem(
        get("/form", "Accept: image/png\r\n"),
        406,
        "Accept: expected one of application/json, text/html");
  }
}
