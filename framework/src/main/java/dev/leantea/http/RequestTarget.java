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
 *                  ├─authority┤├─ path ─┤ ├query┤
 * </pre>
 *
 * <p>Immutable; any thread.
 */
public final class RequestTarget {
  /** What stays as it is in a path: pchar and the slash. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = 0; c < PLAIN.length; c++) {
      PLAIN[c] = c == '/' || PercentEncoding.isPlainInSegment(c);
    }
  }

  private final String raw;
  private final String authority;
  private final String path;
  private final String query;

  private RequestTarget(String raw, String authority, String path, String query) {
    this.raw = raw;
    this.authority = authority;
    this.path = path;
    this.query = query;
  }

  /**
   * Takes a target apart.
   *
   * @throws IllegalArgumentException when it has not the form that the method asks for, or its path
   *     has bad percent-encoding or leads above the root
   */
  public static RequestTarget parse(Method method, String raw) {
    boolean connect = method.equals(Method.CONNECT);
    if (raw.startsWith("/")) {
      return connect ? wrongForm(method, raw) : originForm(raw, "", raw);
    }
    if (raw.equals("*")) {
      // RFC 9112 §3.2.4: asterisk-form is for OPTIONS alone.
      return method.equals(Method.OPTIONS)
          ? new RequestTarget(raw, "", raw, "")
          : wrongForm(method, raw);
    }
    if (connect) {
      return new RequestTarget(raw, Authority.requireWithPort(raw), raw, "");
    }
    return absoluteForm(method, raw);
  }

  /** RFC 9112 §3.2.2: a server must accept it, and then go by its authority, not by Host. */
  private static RequestTarget absoluteForm(Method method, String raw) {
    String lower = raw.length() < 8 ? raw : raw.substring(0, 8).toLowerCase(Locale.ROOT);
    int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (start < 0) {
      return wrongForm(method, raw);
    }
    int end = start;
    while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
      end++;
    }
    if (end == start) {
      throw new IllegalArgumentException("target: expected a host after ://"); // RFC 9110 §4.2.1
    }
    String authority = Authority.require(raw.substring(start, end));
    String rest = raw.substring(end);
    return originForm(raw, authority, rest.startsWith("/") ? rest : "/" + rest);
  }

  private static RequestTarget originForm(String raw, String authority, String pathAndQuery) {
    boolean plain = true;
    char before = 0;
    int end = 0;
    for (; end < pathAndQuery.length(); end++) {
      char c = pathAndQuery.charAt(end);
      if (c == '?') {
        break;
      }
      plain &= c < PLAIN.length && PLAIN[c] && !(c == '.' && before == '/');
      before = c;
    }
    String path = pathAndQuery.substring(0, end);
    String query = end == pathAndQuery.length() ? "" : pathAndQuery.substring(end + 1);
    return new RequestTarget(raw, authority, plain ? path : normalize(path), query);
  }

  private static RequestTarget wrongForm(Method method, String raw) {
    throw new IllegalArgumentException(
        "target: expected "
            + (method.equals(Method.CONNECT) ? "host:port" : "a path that starts with /")
            + " for "
            + method
            + ", got "
            + Characters.quote(raw));
  }

  /**
   * Removes dot segments, whether written plainly or percent-encoded (RFC 3986 §5.2.4, §6.2.2), and
   * writes each segment in one way: what may stand as it is is decoded, all else is encoded in
   * upper case.
   *
   * <p>RFC 3986 §6.2.2.2 has that for unreserved characters. Routes match the decoded path, so
   * {@code /%40me} reaches the route {@code /@me} too; were the two paths not equal, a filter that
   * looks at the path's start could be passed by. A proxy forwards the {@link #raw} target.
   */
  private static String normalize(String path) {
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
        default -> kept.addLast(PercentEncoding.encodeSegment(plain));
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
   * encoded slash stays within its segment; but code that joins segments to a file name must not
   * leave its folder (CVE-2021-41773), so such a target is refused.
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

  /** As it was received. */
  public String raw() {
    return raw;
  }

  /** {@code host[:port]} of absolute-form and authority-form; empty in the other forms. */
  public String authority() {
    return authority;
  }

  /**
   * The path without dot segments, percent-encoded where a character may not stand in a segment,
   * and only there: {@code /a/%63%2fd} is {@code /a/c%2Fd}. So equal paths, as routes see them, are
   * equal texts. {@code *} in asterisk-form, the authority in authority-form.
   */
  public String path() {
    return path;
  }

  /** What follows the {@code ?}, still encoded; empty when there is none. */
  public String query() {
    return query;
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

  @Override
  public String toString() {
    return raw;
  }
}
