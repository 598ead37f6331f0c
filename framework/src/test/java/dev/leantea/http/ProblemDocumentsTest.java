package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemDocumentsTest {
  private static final Request REQUEST = Request.of(Method.GET, "/");

  private static Response answered(Handler handler) throws Exception {
    return ProblemDocuments.filter().apply(handler).handle(REQUEST);
  }

  @Test
  void error_thrown_becomesAProblem() throws Exception {
    Response response =
        answered(
            _ -> {
              throw HttpException.of(422, "not complete")
                  .field("/items/0/a b%", "expected a number")
                  .field("page", "expected a number")
                  .field("", "expected more")
                  .detail("code", 7)
                  .header("Retry-After", "1");
            });
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.headers().all("Content-Type")).containsExactly("application/problem+json");
    assertThat(response.headers().first("Retry-After")).contains("1");
    assertThat(response.bodyText())
        .isEqualTo(
            "{\"title\":\"Unprocessable Content\",\"status\":422,\"detail\":\"not complete\","
                + "\"errors\":[{\"detail\":\"expected a number\","
                + "\"pointer\":\"#/items/0/a%20b%25\"},"
                + "{\"detail\":\"expected a number\",\"parameter\":\"page\"},"
                + "{\"detail\":\"expected more\",\"pointer\":\"#\"}],\"code\":7}");
  }

  @Test
  void error_ofAFault_becomesAProblem() throws Exception {
    Response response =
        answered(
            _ -> {
              throw new IllegalStateException("secret");
            });
    assertThat(response.bodyText())
        .isEqualTo(
            "{\"title\":\"Internal Server Error\",\"status\":500,"
                + "\"detail\":\"internal server error\"}");
  }

  @Test
  void error_asTheProblemFormAlready_isLeftAlone() throws Exception {
    Response problem =
        ProblemDocuments.filter()
            .apply(
                _ -> {
                  throw HttpException.of(404, "no such tea");
                })
            .handle(REQUEST.withHeader("Accept", "application/problem+json"));
    assertThat(problem.bodyText())
        .isEqualTo("{\"title\":\"Not Found\",\"status\":404,\"detail\":\"no such tea\"}");
    assertThat(problem.headers().all("Vary")).containsExactly("Accept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "7", "{\"error\":7}", "{\"fault\":\"x\"}", "[\"error\"]"})
  void error_anotherDocument_isLeftAlone(String body) throws Exception {
    Response own =
        Response.bytes(400, MediaType.JSON, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(answered(_ -> own)).isSameAs(own);
  }

  @Test
  void error_noJson_isLeftAlone() throws Exception {
    Response page = Response.html(404, "{\"error\":\"x\"}");
    assertThat(answered(_ -> page)).isSameAs(page);
    Response fine = Response.jsonObj(200, java.util.Map.of("error", "none"));
    assertThat(answered(_ -> fine)).isSameAs(fine);
  }

  @Test
  void filter_neverBlocks() {
    Handler handler = Handler.nonBlocking(_ -> Response.empty(204));
    assertThat(ProblemDocuments.filter().apply(handler).execution())
        .isEqualTo(Execution.NON_BLOCKING);
  }
}
