package dev.leantea.http;

import dev.leantea.json.Json;
import dev.leantea.json.JsonInputException;
import java.io.IOException;
import java.lang.reflect.Type;

/** Reads a request's body as JSON. */
final class JsonBody {
  private JsonBody() {}

  /** Reads it if its media type is JSON, or none was given. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // of the type, which callers name as T, too
  static <T> T readJson(Request request, Type type) throws IOException {
    requireJson(request);
    return readAny(request, type);
  }

  /** RFC 6839 §3.1: a media type whose name ends in {@code +json} is JSON. */
  private static void requireJson(Request request) {
    String essence = request.mediaType().essence();
    boolean json = essence.equals(MediaType.JSON.value()) || essence.endsWith("+json");
    if (!json && request.headers().contains("Content-Type")) {
      throw HttpException.of(
              415, "body: expected Content-Type application/json, got " + Characters.quote(essence))
          .header("Accept", MediaType.JSON.value()); // RFC 9110 §15.5.16
    }
  }

  /** Nobody decodes bodies: what is compressed would be called malformed JSON. */
  private static void requirePlain(Request request) {
    String coding = request.header("Content-Encoding").orElse("identity");
    if (!coding.equalsIgnoreCase("identity")) {
      throw HttpException.of(
              415, "body: expected no Content-Encoding, got " + Characters.quote(coding))
          .header("Accept-Encoding", "identity"); // RFC 9110 §12.5.3
    }
  }

  /** Reads it, whatever its media type. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as above
  static <T> T readAny(Request request, Type type) throws IOException {
    Arguments.require(type, "type");
    requirePlain(request);
    try {
      Object value = Json.decode(request.bytes(), type);
      BodyConstraints.require(value);
      return (T) value;
    } catch (JsonInputException e) {
      throw refusal(e);
    }
  }

  private static HttpException refusal(JsonInputException e) {
    var refusal = new HttpException(400, message(e), e);
    for (JsonInputException.Fault fault : e.faults()) {
      refusal =
          fault.pointer().isEmpty() ? refusal : refusal.field(fault.pointer(), fault.reason());
    }
    return refusal;
  }

  private static String message(JsonInputException e) {
    if (e.field().isEmpty()) {
      return "body: " + e.reason();
    }
    int others = e.faults().size() - 1;
    return "body field "
        + e.field()
        + ": "
        + e.reason()
        + switch (others) {
          case 0 -> "";
          case 1 -> "; and another field";
          default -> "; and " + others + " other fields";
        };
  }
}
