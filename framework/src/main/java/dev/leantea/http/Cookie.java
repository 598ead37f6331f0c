package dev.leantea.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A cookie to be set by a response (RFC 6265 §4.1), for {@link Response#cookie}. What a user agent
 * would silently ignore or cut is refused here.
 *
 * <pre>{@code
 * Cookie session = Cookie.of("__Host-session", token).httpOnly().secure().path("/").sameSite(LAX);
 * }</pre>
 *
 * <p>Immutable; any thread.
 */
public final class Cookie {
  /** Which requests from other sites carry a cookie. */
  public enum SameSite {
    /** None of them. */
    STRICT("Strict"),
    /** Navigations alone. */
    LAX("Lax"),
    /** All; user agents demand {@code Secure} with it. */
    NONE("None");

    private final String text;

    SameSite(String text) {
      this.text = text;
    }
  }

  /** Maximum bytes of name and value together; user agents ignore a longer cookie. */
  public static final int MAX_BYTES = 4096;

  /** User agents ignore a longer attribute (RFC 6265bis §5.6). */
  private static final int MAX_ATTRIBUTE_BYTES = 1024;

  /** User agents cut a longer time (RFC 6265bis §5.5). */
  private static final Duration MAX_AGE = Duration.ofDays(400);

  private final String name;
  private final String value;

  /** By name; those without a value, as Secure, have an empty one. */
  private final SequencedMap<String, String> attributes;

  private Cookie(String name, String value, SequencedMap<String, String> attributes) {
    this.name = name;
    this.value = value;
    this.attributes = attributes;
  }

  /**
   * A cookie without attributes: user agents keep it until they are closed, and send it back to the
   * folder of the path that set it.
   *
   * @throws IllegalArgumentException when the name is no token; when the value has other characters
   *     than visible ASCII without quotes, comma, semicolon and backslash; when both are longer
   *     than {@link #MAX_BYTES}
   */
  public static Cookie of(String name, String value) {
    if (!Characters.isToken(Arguments.require(name, "cookie name"))) {
      throw new IllegalArgumentException(
          "cookie name: expected a token (RFC 6265 §4.1.1), got " + Characters.quote(name));
    }
    requireValue(name, Arguments.require(value, "cookie value"));
    return new Cookie(name, value, new LinkedHashMap<>());
  }

  /**
   * Removes a cookie from the user agent. Path and domain must be those that it was set with, and
   * so must {@code secure} for a name with a prefix.
   */
  public static Cookie removal(String name) {
    return of(name, "").maxAge(Duration.ZERO);
  }

  /** The message has no part of the value, which may be a secret. */
  private static void requireValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c > '~' || "\",;\\".indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "cookie %s: expected a value of visible ASCII without quotes, comma, semicolon and"
                    .formatted(name)
                + " backslash (RFC 6265 §4.1.1), got U+%04X at %s; percent-encode it or use base64url"
                    .formatted((int) c, i));
      }
    }
    if (name.length() + value.length() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "cookie %s: expected at most %s bytes of name and value, got %s"
              .formatted(name, MAX_BYTES, name.length() + value.length()));
    }
  }

  /** Hides it from scripts. */
  public Cookie httpOnly() {
    return with("HttpOnly", "");
  }

  /** Sends it back over TLS alone. */
  public Cookie secure() {
    return with("Secure", "");
  }

  /** Which requests from other sites carry it; user agents differ in their default. */
  public Cookie sameSite(SameSite sites) {
    return with("SameSite", Arguments.require(sites, "cookie SameSite").text);
  }

  /**
   * Keeps it apart for each site that embeds the page (CHIPS); user agents demand {@code Secure}
   * with it.
   */
  public Cookie partitioned() {
    return with("Partitioned", "");
  }

  /**
   * How long the user agent keeps it, in whole seconds; zero removes it.
   *
   * @throws IllegalArgumentException when it is negative or longer than 400 days, to which user
   *     agents cut it
   */
  public Cookie maxAge(Duration time) {
    if (Arguments.require(time, "cookie Max-Age").isNegative() || time.compareTo(MAX_AGE) > 0) {
      throw new IllegalArgumentException(
          "cookie Max-Age: expected 0 to 400 days (RFC 6265bis §5.5), got " + time);
    }
    return with("Max-Age", Long.toString(time.toSeconds()));
  }

  /**
   * The folder of paths that it is sent back to, {@code /} for all.
   *
   * @throws IllegalArgumentException when it does not start with {@code /}, has a semicolon, a
   *     control or a character beyond ASCII, or is longer than 1024 bytes
   */
  public Cookie path(String path) {
    boolean valid =
        Arguments.require(path, "cookie Path").startsWith("/")
            && path.length() <= MAX_ATTRIBUTE_BYTES;
    for (int i = 0; i < path.length(); i++) {
      valid &= path.charAt(i) >= ' ' && path.charAt(i) <= '~' && path.charAt(i) != ';';
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "cookie Path: expected at most 1024 characters of visible ASCII that start with / and"
              + " have no semicolon, got "
              + Characters.quote(path));
    }
    return with("Path", path);
  }

  /**
   * The host whose subdomains get it too; without, the host that set it alone.
   *
   * @throws IllegalArgumentException when it is no host name, such as {@code example.com}
   */
  public Cookie domain(String domain) {
    if (!isHostName(Arguments.require(domain, "cookie Domain"))) {
      throw new IllegalArgumentException(
          "cookie Domain: expected a host name, such as example.com, got "
              + Characters.quote(domain));
    }
    return with("Domain", domain);
  }

  private static boolean isHostName(String domain) {
    if (domain.length() > MAX_ATTRIBUTE_BYTES) {
      return false;
    }
    for (String label : domain.split("\\.", -1)) {
      boolean plain = label.chars().allMatch(c -> c == '-' || Characters.isAlphanumeric((char) c));
      if (label.isEmpty() || !plain || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
    }
    return true;
  }

  /**
   * This cookie with another value.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public Cookie withValue(String other) {
    requireValue(name, Arguments.require(other, "cookie value"));
    return new Cookie(name, other, attributes);
  }

  private Cookie with(String attribute, String text) {
    var more = new LinkedHashMap<>(attributes);
    more.put(attribute, text);
    return new Cookie(name, value, more);
  }

  public String name() {
    return name;
  }

  public String value() {
    return value;
  }

  /**
   * The value of the {@code Set-Cookie} field.
   *
   * @throws IllegalArgumentException when user agents would ignore it: {@code SameSite=None}
   *     without {@code Secure}, or a name whose prefix promises what the attributes do not hold
   *     (RFC 6265bis §4.1.3)
   */
  public String fieldValue() {
    fault()
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("cookie " + name + ": expected " + fault);
            });
    var text = new StringBuilder(name).append('=').append(value);
    attributes.forEach(
        (attribute, content) -> {
          text.append("; ").append(attribute);
          if (!content.isEmpty()) {
            text.append('=').append(content);
          }
        });
    return text.toString();
  }

  /** User agents compare the prefixes in any case (RFC 6265bis §4.1.3). */
  private Optional<String> fault() {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean secure = attributes.containsKey("Secure");
    if (SameSite.NONE.text.equals(attributes.get("SameSite")) && !secure) {
      return Optional.of("secure() with SameSite=None");
    }
    if (attributes.containsKey("Partitioned") && !secure) {
      return Optional.of("secure() with Partitioned");
    }
    if (lower.startsWith("__secure-") && !secure) {
      return Optional.of("secure() for a name with the prefix __Secure-");
    }
    boolean ofHost =
        secure && "/".equals(attributes.get("Path")) && !attributes.containsKey("Domain");
    if (lower.startsWith("__host-") && !ofHost) {
      return Optional.of("secure(), path(\"/\") and no domain for a name with the prefix __Host-");
    }
    boolean ofHttp = secure && attributes.containsKey("HttpOnly");
    if ((lower.startsWith("__http-") || lower.startsWith("__host-http-")) && !ofHttp) {
      return Optional.of("secure() and httpOnly() for a name with the prefix __Http-");
    }
    return Optional.empty();
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return name + "=…";
  }
}
