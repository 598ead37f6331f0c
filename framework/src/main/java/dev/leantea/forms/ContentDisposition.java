package dev.leantea.forms;

import dev.leantea.http.PercentEncoding;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a part's {@code Content-Disposition} field (RFC 7578 §4.2), as clients write it:
 *
 * <ul>
 *   <li>Browsers write a quotation mark as {@code %22}, CR as {@code %0D}, LF as {@code %0A}, and
 *       nothing else in another way (HTML, "multipart/form-data encoding algorithm").
 *   <li>Others write {@code \"} and {@code \\} (RFC 9110 §5.6.4). Any other backslash is one of the
 *       name's, such as in {@code C:\tea.txt}.
 *   <li>Some write {@code filename*=UTF-8''…} (RFC 8187), which RFC 7578 forbids; it is read where
 *       there is no {@code filename}.
 * </ul>
 *
 * @param type in lower case
 * @param parameters by their names in lower case
 */
record ContentDisposition(String type, Map<String, String> parameters) {
  private static final String EXTENDED_PREFIX = "utf-8''";

  /**
   * Reads the field's value.
   *
   * @throws IllegalArgumentException for what is malformed; the message says what was expected
   */
  static ContentDisposition parse(String value) {
    var parser = new Parser(value);
    String type = parser.until(';').toLowerCase(Locale.ROOT);
    var parameters = new HashMap<String, String>();
    while (parser.hasMore()) {
      parser.skip(';');
      if (parser.hasMore()) {
        String name = parser.until('=').toLowerCase(Locale.ROOT);
        parser.skip('=');
        if (parameters.put(name, parser.value()) != null) {
          throw new IllegalArgumentException(
              "expected the parameter " + Forms.quote(name) + " once in Content-Disposition");
        }
      }
    }
    return new ContentDisposition(type, parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  Optional<String> fileName() {
    return parameter("filename").or(() -> parameter("filename*").map(ContentDisposition::extended));
  }

  private static String extended(String value) {
    if (!value.toLowerCase(Locale.ROOT).startsWith(EXTENDED_PREFIX)) {
      throw new IllegalArgumentException("expected filename, or filename*=UTF-8''…");
    }
    return PercentEncoding.decode(value.substring(EXTENDED_PREFIX.length()));
  }

  /** Reads from left to right. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    /** Whether there is more than white space. */
    boolean hasMore() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      return at < text.length();
    }

    void skip(char expected) {
      if (at == text.length() || text.charAt(at) != expected) {
        throw new IllegalArgumentException(
            "expected Content-Disposition: form-data; name=\"…\", got " + Forms.quote(text));
      }
      at++;
    }

    /** Text up to a character or the end, without white space around it. */
    String until(char end) {
      int found = text.indexOf(end, at);
      int to = found < 0 ? text.length() : found;
      String part = text.substring(at, to).strip();
      at = to;
      return part;
    }

    /** A parameter's value, quoted or not. */
    String value() {
      return hasMore() && text.charAt(at) == '"' ? quoted() : until(';');
    }

    private String quoted() {
      var value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (isEscape()) {
          at++;
        }
        value.append(text.charAt(at));
      }
      skip('"');
      return unescapeBrowsers(value.toString());
    }

    /** A backslash before the last quotation mark is the name's own: browsers escape none. */
    private boolean isEscape() {
      if (text.charAt(at) != '\\' || at + 1 == text.length()) {
        return false;
      }
      char next = text.charAt(at + 1);
      return next == '\\' || (next == '"' && at + 2 < text.length());
    }

    private static String unescapeBrowsers(String value) {
      return value.replace("%22", "\"").replaceAll("%0[Dd]", "\r").replaceAll("%0[Aa]", "\n");
    }
  }
}
