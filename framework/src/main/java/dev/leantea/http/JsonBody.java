package dev.leantea.http;

import dev.leantea.json.Json;
import dev.leantea.json.JsonInputException;
import java.io.IOException;
import java.lang.reflect.Type;

/** Reads a request's body as JSON. */
final class JsonBody {
  private JsonBody() {}

  /** Reads it if its media type is JSON, or none was given. */
  static Object readJson(Request request, Type type) throws IOException {
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

  /** Reads it, whatever its media type. */
  static Object readAny(Request request, Type type) throws IOException {
    Arguments.require(type, "type");
    try {
      return Json.decode(request.bytes(), type);
    } catch (JsonInputException e) {
      throw e.field().isEmpty()
          ? new HttpException(400, "body: " + e.reason(), e)
          : new HttpException(400, "body field " + e.field() + ": " + e.reason(), e)
              .field(e.field(), e.reason());
    }
  }
}
