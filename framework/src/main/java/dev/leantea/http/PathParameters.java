package dev.leantea.http;

import java.util.List;

/**
 * The values that a route's placeholders matched.
 *
 * @param names the placeholders, in the order of the pattern
 * @param values what they matched, decoded
 */
public record PathParameters(List<String> names, List<String> values) {
  /** Those of a route without placeholders. */
  public static final PathParameters NONE = new PathParameters(List.of(), List.of());

  public PathParameters {
    if (names.size() != values.size()) {
      throw new IllegalArgumentException(
          "path parameters: expected a value for each of " + names + ", got " + values);
    }
  }

  /**
   * The value of a placeholder.
   *
   * @throws IllegalArgumentException when there is no such placeholder
   */
  public String value(String name) {
    int index = names.indexOf(name);
    if (index < 0 && names.isEmpty()) {
      throw new IllegalArgumentException(
          "path parameter: expected a route with {" + name + "}, got one without placeholders");
    }
    if (index < 0) {
      throw new IllegalArgumentException(
          "path parameter: expected one of " + names + ", got " + name);
    }
    return values.get(index);
  }
}
