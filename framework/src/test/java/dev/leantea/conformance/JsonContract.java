package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON bodies and error documents, as a client sees them. */
public abstract class JsonContract extends ServerContract {
  private static final String TEA = "{\"name\":\"oolong\",\"minutes\":3}";

  private Reply post(String path, String fields, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    try (WireClient client = connect()) {
      client.send(
          "POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: %s\r\n\r\n"
              .formatted(path, fields, body.length));
      client.send(body);
      Reply reply = client.read();
      assertThat(client.get("/health").read().text()).as("the connection lives").isEqualTo("ok");
      return reply;
    }
  }

  private static String type(String mediaType) {
    return "Content-Type: " + mediaType + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/vnd.tea+json; charset=utf-8"})
  void post_json_isRead(String mediaType) throws IOException {
    assertThat(post("/json", type(mediaType), TEA).text()).isEqualTo(TEA);
    assertThat(post("/json", "", TEA).text()).isEqualTo(TEA);
    assertThat(post("/json/list", type(mediaType), "[" + TEA + "]").text())
        .isEqualTo("[" + TEA + "]");
  }

  @Test
  void post_anotherType_is415_unlessTheHandlerDoesNotCare() throws IOException {
    Reply reply = post("/json", type("text/plain"), TEA);
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.field("Accept")).isEqualTo("application/json");
    assertThat(post("/json/any", type("text/plain"), TEA).text()).isEqualTo(TEA);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "null                              | body: expected an object, got null",
        "''                                | body: expected JSON, got nothing",
        "{                                 | body: expected JSON, got a text that ends too early",
        "{\"name\":\"a\",\"minutes\":3.7}    | body field minutes: expected a whole number, got 3.7",
      })
  void post_jsonThatDoesNotFit_is400InPlainWords(String json, String message) throws IOException {
    Reply reply = post("/json", type("application/json"), json);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).startsWith("{\"error\":\"" + message + "\"");
  }

  @Test
  void post_typeThatTheProgramCannotRead_is500() throws IOException {
    Reply reply = post("/json/unmappable", type("application/json"), "{}");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text()).isEqualTo("{\"error\":\"internal server error\"}");
  }

  @Test
  void get_failure_inTheFormThatTheClientAccepts() throws IOException {
    try (WireClient client = connect()) {
      Reply plain = client.get("/fail/fields").read();
      assertThat(plain.status()).isEqualTo(422);
      assertThat(plain.field("Retry-After")).isEqualTo("60");
      assertThat(plain.text())
          .isEqualTo(
              "{\"error\":\"the order is not complete\",\"fields\":[{\"field\":\"age\","
                  + "\"message\":\"expected a number, got abc\"}],\"code\":7}");
      client.send(
          "GET /fail/fields HTTP/1.1\r\nHost: a\r\nAccept: application/problem+json\r\n\r\n");
      Reply problem = client.read();
      assertThat(problem.field("Content-Type")).isEqualTo("application/problem+json");
      assertThat(problem.field("Retry-After")).isEqualTo("60");
      assertThat(problem.text())
          .startsWith(
              "{\"title\":\"Unprocessable Content\",\"status\":422,"
                  + "\"detail\":\"the order is not complete\",");
    }
  }
}
