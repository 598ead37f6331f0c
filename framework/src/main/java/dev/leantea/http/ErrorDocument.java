package dev.leantea.http;

import dev.leantea.http.HttpException.FieldError;
import dev.leantea.json.Json;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a response to a failed request; {@link HttpException} shows both forms. */
final class ErrorDocument {
  /** The members of either form (RFC 9457 §3.1), which details may not use. */
  static final Set<String> MEMBERS =
      Set.of("error", "fields", "errors", "type", "title", "status", "detail", "instance");

  static final MediaType PROBLEM = new MediaType("application/problem+json");

  /** A weight that means "not acceptable": RFC 9110 §12.4.2. */
  private static final Pattern ZERO = Pattern.compile("0(\\.0{0,3})?");

  private ErrorDocument() {}

  static Response response(HttpException e, Request request) {
    return acceptsProblem(request)
        ? Response.bytes(e.status(), PROBLEM, Json.encode(problem(e))).addHeader("Vary", "Accept")
        : Response.bytes(e.status(), MediaType.JSON, Json.encode(plain(e)));
  }

  private static ObjectNode plain(HttpException e) {
    ObjectNode document = Json.mapper().createObjectNode().put("error", e.reason());
    if (!e.fields().isEmpty()) {
      ArrayNode fields = document.putArray("fields");
      e.fields()
          .forEach(it -> fields.addObject().put("field", it.field()).put("message", it.message()));
    }
    return withDetails(document, e);
  }

  private static ObjectNode problem(HttpException e) {
    return withDetails(problem(e.status(), e.reason(), e.fields()), e);
  }

  /** RFC 9457 §4.2.1: without a type, the title is the status' own. */
  static ObjectNode problem(int status, String detail, List<FieldError> fields) {
    ObjectNode document = Json.mapper().createObjectNode();
    document.put("title", Status.reason(status)).put("status", status).put("detail", detail);
    if (!fields.isEmpty()) {
      ArrayNode errors = document.putArray("errors");
      fields.forEach(it -> place(errors.addObject().put("detail", it.message()), it.field()));
    }
    return document;
  }

  /** As the example in RFC 9457 §3: a JSON Pointer as a URI fragment (RFC 6901 §6). */
  private static void place(ObjectNode error, String field) {
    if (field.isEmpty() || field.startsWith("/")) {
      error.put("pointer", "#" + PercentEncoding.encode(field).replace("%2F", "/"));
    } else {
      error.put("parameter", field);
    }
  }

  private static ObjectNode withDetails(ObjectNode document, HttpException e) {
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
