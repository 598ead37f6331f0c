package dev.leantea.testing;

import dev.leantea.http.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A problem document (RFC 9457). Immutable. */
public final class TestProblem {
  private final TestResponse response;
  private final JsonNode document;

  private TestProblem(TestResponse response, JsonNode document) {
    this.response = response;
    this.document = document;
  }

  static TestProblem of(TestResponse response) {
    return new TestProblem(response, response.json(JsonNode.class));
  }

  /** What went wrong, in the words for the client; empty without one. */
  public String detail() {
    return document.path("detail").asString("");
  }

  /** The whole document. */
  public JsonNode document() {
    return document;
  }

  /**
   * Where its errors are, in order: a JSON Pointer into the body, such as {@code /amount}, or the
   * name of a parameter.
   */
  public List<String> fields() {
    var fields = new ArrayList<String>();
    for (JsonNode error : document.path("errors")) {
      fields.add(field(error));
    }
    return List.copyOf(fields);
  }

  /**
   * This problem, which must have an error there.
   *
   * @param field a JSON Pointer into the body, or the name of a parameter
   * @throws AssertionError when it has none there
   */
  public TestProblem expectError(String field) {
    if (!fields().contains(field)) {
      throw new AssertionError("expected an error of " + field + ", got " + response);
    }
    return this;
  }

  /**
   * This problem, which must have an error there with words in its message.
   *
   * @throws AssertionError when it has none there, or says something else
   */
  public TestProblem expectError(String field, String words) {
    for (JsonNode error : document.path("errors")) {
      if (field(error).equals(field) && error.path("detail").asString("").contains(words)) {
        return this;
      }
    }
    throw new AssertionError(
        "expected an error of " + field + " with \"" + words + "\", got " + response);
  }

  private static String field(JsonNode error) {
    String pointer = error.path("pointer").asString("");
    return pointer.startsWith("#")
        ? PercentEncoding.decode(pointer.substring(1))
        : error.path("parameter").asString("");
  }

  @Override
  public String toString() {
    return document.toString();
  }
}
