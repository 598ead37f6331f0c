package dev.leantea.http;

import dev.leantea.http.HttpException.FieldError;
import dev.leantea.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an {@code application/problem+json} document (RFC 9457) of every error document, whatever
 * the client accepts: those of {@link HttpException}, of {@link Response#jsonError}, and the
 * framework's own (404, 405, 413, 415, 500, …). Without it a client gets one if its {@code Accept}
 * names that media type.
 *
 * <pre>{@code
 * Handler application = ProblemDocuments.filter().apply(router);
 * }</pre>
 *
 * <p>Put it around the whole application, so that it sees the answers of other filters too. It
 * looks at responses of status 400 and above alone. What is no HTTP request, and so reaches no
 * handler, is still answered with {@code {"error": …}}.
 */
public final class ProblemDocuments implements Filter {
  private static final ProblemDocuments FILTER = new ProblemDocuments();

  private ProblemDocuments() {}

  /** The filter. */
  public static Filter filter() {
    return FILTER;
  }

  @Override
  public Handler wrap(Handler next) {
    return request -> {
      Response response = next.handle(request);
      return response.status() < 400 ? response : converted(response);
    };
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  private static Response converted(Response response) {
    return response.body() instanceof Body.Bytes(byte[] content)
            && response
                .headers()
                .first("Content-Type")
                .filter("application/json"::equals)
                .isPresent()
            && parsed(content) instanceof ObjectNode document
            && document.path("error").isString()
        ? response
            .withBody(new Body.Bytes(Json.encode(problem(response.status(), document))))
            .header("Content-Type", ErrorDocument.PROBLEM.value())
        : response;
  }

  private static JsonNode parsed(byte[] content) {
    try {
      return Json.mapper().readTree(content);
    } catch (JacksonException _) {
      return Json.mapper().missingNode();
    }
  }

  private static ObjectNode problem(int status, ObjectNode document) {
    List<FieldError> fields = new ArrayList<>();
    for (JsonNode field : document.path("fields")) {
      fields.add(new FieldError(field.path("field").asString(), field.path("message").asString()));
    }
    ObjectNode problem =
        ErrorDocument.problem(status, document.path("error").stringValue(), fields);
    document.properties().stream()
        .filter(member -> !ErrorDocument.MEMBERS.contains(member.getKey()))
        .forEach(member -> problem.set(member.getKey(), member.getValue()));
    return problem;
  }
}
