package dev.leantea.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request target (RFC 9112 §3.2), taken apart once.
 *
 * <pre>
 *  origin-form     /users/42?q=tea
 *  absolute-form   http://example.com/users/42?q=tea      routed by its path
 *  authority-form  example.com:443                        CONNECT only
 *  asterisk-form   *                                      OPTIONS only
 *                  ├── path ─┤ ├query┤
 * </pre>
 *
 * @param raw as it was received
 * @param path dot segments removed, still percent-encoded, so that {@code %2F} stays apart from
 *     {@code /}; {@code *} in asterisk-form
 * @param query what follows the {@code ?}, still encoded; empty when there is none
 */
public record RequestTarget(String raw, String path, String query) {
  /**
   * Takes a target apart.
   *
   * @throws IllegalArgumentException when it has not the form that the method asks for, or its path
   *     has bad percent-encoding or leads above the root
   */
  public static RequestTarget parse(Method method, String raw) {
    if (raw.startsWith("/")) {
      return method.equals(Method.CONNECT) ? wrongForm(method, raw) : originForm(raw, raw);
    }
    if (raw.equals("*")) {
      // RFC 9112 §3.2.4: asterisk-form is for OPTIONS alone.
      return method.equals(Method.OPTIONS)
          ? new RequestTarget(raw, raw, "")
          : wrongForm(method, raw);
    }
    if (method.equals(Method.CONNECT)) {
      return new RequestTarget(raw, Authority.requireWithPort(raw), "");
    }
    return absoluteForm(method, raw);
  }

  /** RFC 9112 §3.2.2: a server must accept it, and then go by its authority, not by Host. */
  private static RequestTarget absoluteForm(Method method, String raw) {
    String lower = raw.length() < 8 ? raw : raw.substring(0, 8).toLowerCase(Locale.ROOT);
    int authority = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (authority < 0) {
      return wrongForm(method, raw);
    }
    int end = authority;
    while (end < raw.length() && "/?".indexOf(raw.charAt(end)) < 0) {
      end++;
    }
    if (end == authority) {
      throw new IllegalArgumentException("target: expected a host after ://"); // RFC 9110 §4.2.1
    }
    Authority.require(raw.substring(authority, end));
    String rest = raw.substring(end);
    return originForm(raw, rest.startsWith("/") ? rest : "/" + rest);
  }

  private static RequestTarget originForm(String raw, String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    String query = mark < 0 ? "" : pathAndQuery.substring(mark + 1);
    return new RequestTarget(raw, normalize(path), query);
  }

  private static RequestTarget wrongForm(Method method, String raw) {
    throw new IllegalArgumentException(
        "target: expected %s for %s, got %s"
            .formatted(
                method.equals(Method.CONNECT) ? "host:port" : "a path that starts with /",
                method,
                Characters.quote(raw)));
  }

  /** Removes dot segments, whether written plainly or percent-encoded (RFC 3986 §5.2.4, §6.2.2). */
  static String normalize(String path) {
    return path.indexOf('%') < 0 && !path.contains("/.") ? path : normalizeSlowPath(path);
  }

  private static String normalizeSlowPath(String path) {
    var kept = new ArrayDeque<String>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      String plain = PercentEncoding.decode(segments[i]);
      requireHarmless(plain);
      switch (plain) {
        case "." -> keepDirectory(kept, last);
        case ".." -> {
          if (kept.pollLast() == null) {
            throw new IllegalArgumentException("target: the path leads above the root");
          }
          keepDirectory(kept, last);
        }
        default -> kept.addLast(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static void requireHarmless(String segment) {
    if (segment.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("target: expected no NUL in a path");
    }
    if (segment.length() > 2 && leadsUpwards(segment)) {
      throw new IllegalArgumentException("target: expected no encoded slash beside two dots");
    }
  }

  /**
   * Whether a decoded segment has two dots beside a slash or backslash, as {@code ../etc}. An
   * encoded slash stays within its segment; but whoever joins segments to a file's name must not be
   * led upwards (CVE-2021-41773), so such a target is refused.
   */
  public static boolean leadsUpwards(String segment) {
    return segment.contains("..") && List.of(segment.split("[/\\\\]", -1)).contains("..");
  }

  /** {@code /a/.} and {@code /a/b/..} name a directory: {@code /a/}. */
  private static void keepDirectory(ArrayDeque<String> kept, boolean last) {
    if (last) {
      kept.addLast("");
    }
  }

  /** The path's segments, each decoded once; {@code /a/b%2Fc/} is {@code [a, b/c, ""]}. */
  public List<String> segments() {
    return segments(path);
  }

  /** The segments of a path that {@link #parse} returned, each decoded once. */
  public static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    for (int start = 1; start <= path.length(); ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      segments.add(PercentEncoding.decode(path.substring(start, end)));
      start = end + 1;
    }
    return segments;
  }
}
