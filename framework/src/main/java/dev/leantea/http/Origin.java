package dev.leantea.http;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * {@code scheme "://" host [ ":" port ]}: where a page comes from, as browsers send it in {@code
 * Origin} (RFC 6454 §6.2, §7).
 */
public final class Origin {
  private static final Pattern SYNTAX =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+://([^/?#@*\\s]++)");

  private Origin() {}

  /**
   * Returns an origin in its normal form, if it is one.
   *
   * @throws IllegalArgumentException otherwise: with a path, or with {@code *}, it would never
   *     match
   */
  public static String require(String origin) {
    var syntax = SYNTAX.matcher(Arguments.require(origin, "origin"));
    if (!syntax.matches() || !Authority.isValid(syntax.group(1))) {
      throw new IllegalArgumentException(
          "origin: expected one such as https://example.com, without a path, got "
              + Characters.quote(origin));
    }
    return normalize(origin);
  }

  /**
   * In lower case and without the port that the scheme has anyway: {@code https://a.example:443} is
   * {@code https://a.example} (RFC 6454 §4, §6).
   */
  public static String normalize(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String port = lower.startsWith("https://") ? ":443" : lower.startsWith("http://") ? ":80" : "";
    return !port.isEmpty() && lower.endsWith(port)
        ? lower.substring(0, lower.length() - port.length())
        : lower;
  }

  /**
   * Whether a page of this origin has the host and port that a request asks for. The scheme is the
   * page's: behind a proxy that ends TLS a server does not know its own.
   *
   * @param authority see {@link Request#authority}
   */
  public static boolean isOf(String origin, String authority) {
    int separator = origin.indexOf("://");
    return separator > 0
        && !authority.isEmpty()
        && normalize(origin).equals(normalize(origin.substring(0, separator + 3) + authority));
  }
}
