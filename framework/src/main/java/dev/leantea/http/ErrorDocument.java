package dev.leantea.http;

import dev.leantea.json.Json;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a response to a failed request; {@link HttpException} shows both forms. */
final class ErrorDocument {
  /** The members of either form (RFC 9457 §3.1), which details may not use. */
  static final Set<String> MEMBERS =
      Set.of("error", "fields", "type", "title", "status", "detail", "instance");

  private static final MediaType PROBLEM = new MediaType("application/problem+json");

  /** A weight that means "not acceptable": RFC 9110 §12.4.2. */
  private static final Pattern ZERO = Pattern.compile("0(\\.0{0,3})?");

  private ErrorDocument() {}

  static Response response(HttpException e, Request request) {
    return acceptsProblem(request)
        ? Response.bytes(e.status(), PROBLEM, Json.encode(problem(e))).addHeader("Vary", "Accept")
        : Response.bytes(e.status(), MediaType.JSON, Json.encode(plain(e)));
  }

  private static ObjectNode plain(HttpException e) {
    return withDetails(Json.mapper().createObjectNode().put("error", e.reason()), e);
  }

  /** RFC 9457 §4.2.1: without a type, the title is the status' own. */
  private static ObjectNode problem(HttpException e) {
    ObjectNode document = Json.mapper().createObjectNode();
    document.put("title", Status.reason(e.status())).put("status", e.status());
    return withDetails(document.put("detail", e.reason()), e);
  }

  private static ObjectNode withDetails(ObjectNode document, HttpException e) {
    if (!e.fields().isEmpty()) {
      ArrayNode fields = document.putArray("fields");
      e.fields()
          .forEach(it -> fields.addObject().put("field", it.field()).put("message", it.message()));
    }
    e.details().forEach((name, value) -> document.set(name, Json.mapper().valueToTree(value)));
    return document;
  }

  /** Whether the client names the media type: a wildcard asks for no particular form. */
  private static boolean acceptsProblem(Request request) {
    Headers headers = request.headers();
    for (int i = 0, size = headers.size(); i < size; i++) {
      if (headers.named(i, "Accept") && acceptsProblem(headers.value(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean acceptsProblem(String accept) {
    for (String range : accept.split(",", -1)) {
      var mediaType = new MediaType(range.strip());
      if (mediaType.matches(PROBLEM) && !ZERO.matcher(mediaType.parameter("q")).matches()) {
        return true;
      }
    }
    return false;
  }
}
