package dev.leantea.security;

import dev.leantea.http.HttpException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of {@code Forwarded} (RFC 7239 §4), read once from left to right:
 *
 * <pre>
 *  for=192.0.2.60;proto=https;host="a:8443", for="[2001:db8::1]:4711"
 *  ├──────────────── element ─────────────┤
 *  ├─── pair ───┤
 * </pre>
 */
final class ForwardedLine {
  private final String text;
  private int at;

  ForwardedLine(String text) {
    this.text = text;
  }

  /**
   * The elements, each with its parameters by name in lower case.
   *
   * @throws HttpException 400 when the line is malformed
   */
  List<Map<String, String>> elements() {
    var elements = new ArrayList<Map<String, String>>();
    do {
      Map<String, String> element = element();
      if (!element.isEmpty()) {
        elements.add(element);
      }
    } while (skip(','));
    if (at < text.length()) {
      throw malformed();
    }
    return elements;
  }

  private Map<String, String> element() {
    var pairs = new HashMap<String, String>();
    do {
      skipSpace();
      if (at < text.length() && ";,".indexOf(text.charAt(at)) < 0) {
        String name = name();
        if (pairs.put(name, value()) != null) {
          throw malformed(); // RFC 7239 §4: once in an element
        }
        skipSpace();
      }
    } while (skip(';'));
    return pairs;
  }

  private boolean skip(char separator) {
    boolean there = at < text.length() && text.charAt(at) == separator;
    at += there ? 1 : 0;
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private String name() {
    int start = at;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (at == start || at == text.length() || text.charAt(at) != '=') {
      throw malformed();
    }
    return text.substring(start, at++).toLowerCase(Locale.ROOT);
  }

  private String value() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return text.substring(start, at);
  }

  /** A quoted-string (RFC 9110 §5.6.4). */
  private String quoted() {
    var value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return value.toString();
      }
      if (c == '\\' && ++at == text.length()) {
        break;
      }
      value.append(text.charAt(at));
    }
    throw malformed();
  }

  /** Colons and brackets too, though they belong in quotes: proxies leave those out. */
  private static boolean isPlain(char c) {
    return c > ' ' && c <= '~' && ",;=\"\\".indexOf(c) < 0;
  }

  private static HttpException malformed() {
    return new HttpException(400, "Forwarded: expected name=value pairs (RFC 7239 §4)");
  }
}
