package dev.leantea.testing;

import dev.leantea.http.Headers;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.json.Json;
import dev.leantea.json.JsonInputException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/** A response that a {@link TestClient} has received, whole. Its body is in UTF-8. Immutable. */
public final class TestResponse {
  private final Request request;
  private final int status;
  private final Headers headers;
  private final byte[] bytes;

  TestResponse(Request request, int status, Headers headers, byte[] bytes) {
    this.request = request;
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The field lines. */
  public Headers headers() {
    return headers;
  }

  /** The value of the first field line of this name. */
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /** The body. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The body as text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The body, read as JSON.
   *
   * @throws AssertionError when it is no JSON or does not fit
   */
  public <T> T json(Class<T> type) {
    return type.cast(read(type));
  }

  /** As {@link #json(Class)}, for generic types. */
  @SuppressWarnings("unchecked") // the value is read as this very type
  public <T> T json(TypeReference<T> type) {
    return (T) read(type.getType());
  }

  private Object read(Type type) {
    try {
      return Json.decode(bytes, type);
    } catch (JsonInputException e) {
      throw new AssertionError(this + "\n" + e.field() + ": " + e.reason(), e);
    }
  }

  /**
   * This response, which must have the status.
   *
   * @throws AssertionError otherwise, with the request, the head and the body
   */
  public TestResponse expect(int expected) {
    if (status != expected) {
      throw new AssertionError("expected status " + expected + ", got " + this);
    }
    return this;
  }

  /**
   * The problem document, which must have the status.
   *
   * @throws AssertionError when this is another response
   */
  public TestProblem expectProblem(int expected) {
    var _ = expect(expected);
    String type = header("Content-Type").map(it -> new MediaType(it).essence()).orElse("nothing");
    if (!type.equals("application/problem+json")) {
      throw new AssertionError("expected application/problem+json, got " + this);
    }
    return TestProblem.of(this);
  }

  /** The request's line, the head and the body. */
  @Override
  public String toString() {
    var text = new StringBuilder("the answer to " + request + ":\n" + status);
    headers.forEach(field -> text.append('\n').append(field));
    return text.append("\n\n").append(text()).toString();
  }
}
