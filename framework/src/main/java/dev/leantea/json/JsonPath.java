package dev.leantea.json;

import java.util.List;
import tools.jackson.core.JacksonException;

/** Where in a JSON text something is wrong, as far as Jackson came. */
final class JsonPath {
  private JsonPath() {}

  /** For people: {@code items[2].minutes}. */
  static String text(JacksonException e) {
    var path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  /** For programs: {@code /items/2/minutes} (RFC 6901). */
  static String pointer(JacksonException e) {
    return pointer(e.getPath().stream().map(JsonPath::step).toList());
  }

  static String step(JacksonException.Reference step) {
    String name = step.getPropertyName();
    return name == null ? Integer.toString(step.getIndex()) : name;
  }

  /** RFC 6901 §3: a tilde and a slash are escaped. */
  static String pointer(List<String> steps) {
    var pointer = new StringBuilder();
    for (String step : steps) {
      pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
