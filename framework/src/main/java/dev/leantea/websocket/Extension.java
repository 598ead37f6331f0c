package dev.leantea.websocket;

import dev.leantea.http.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * One offer of {@code Sec-WebSocket-Extensions} (RFC 6455 §9.1): {@code name; key; key=value}.
 *
 * @param parameters in order; a key may stand twice, which is for the extension to judge
 */
record Extension(String name, List<Parameter> parameters) {
  /** A parameter; the value is empty where there is none. */
  record Parameter(String name, String value) {}

  /**
   * Reads all lines of the field.
   *
   * @throws IllegalArgumentException when they are malformed
   */
  static List<Extension> parse(List<String> lines) {
    var extensions = new ArrayList<Extension>();
    for (String line : lines) {
      for (String offer : split(line, ',')) {
        if (!offer.isBlank()) { // RFC 9110 §5.6.1: empty list elements are ignored
          extensions.add(parseOne(offer));
        }
      }
    }
    return extensions;
  }

  private static Extension parseOne(String offer) {
    List<String> parts = split(offer, ';');
    var parameters = new ArrayList<Parameter>();
    for (String part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      String value = equals < 0 ? "" : unquote(part.substring(equals + 1).strip());
      parameters.add(new Parameter(Headers.requireName(name), value));
    }
    return new Extension(Headers.requireName(parts.getFirst().strip()), parameters);
  }

  /** RFC 6455 §9.1: a quoted value must be a token once it is unquoted. */
  private static String unquote(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return Headers.requireName(
        quoted ? value.substring(1, value.length() - 1).replace("\\", "") : value);
  }

  /** Splits outside of quoted strings. */
  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
