package dev.leantea.http;

import java.util.Locale;
import java.util.Set;

/** What a handler may set in a response's header, beyond the syntax of names and values. */
final class ResponseFields {
  /**
   * Fields that hold one value and no list (RFC 9110, RFC 9111, RFC 6266, RFC 6797, the Fetch and
   * HTML standards), in lower case: a second line would make the message malformed, and recipients
   * differ in which one they take.
   */
  private static final Set<String> SINGLE =
      Set.of(
          "access-control-allow-credentials",
          "access-control-allow-origin",
          "access-control-max-age",
          "age",
          "connection",
          "content-disposition",
          "content-location",
          "content-range",
          "content-type",
          "cross-origin-embedder-policy",
          "cross-origin-opener-policy",
          "cross-origin-resource-policy",
          "date",
          "etag",
          "expires",
          "last-modified",
          "location",
          "origin-agent-cluster",
          "referrer-policy",
          "retry-after",
          "sec-websocket-accept",
          "server",
          "strict-transport-security",
          "x-content-type-options",
          "x-frame-options");

  private ResponseFields() {}

  /**
   * Checks a field that a handler sets.
   *
   * @throws IllegalArgumentException for {@code Content-Length} and {@code Transfer-Encoding},
   *     which follow from the body, and for a {@code Connection} other than {@code close}
   */
  static void requireAllowed(String name, String value) {
    if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
      throw new IllegalArgumentException(
          "header "
              + name
              + ": expected no field that frames the message; it follows from the body");
    }
    if (name.equalsIgnoreCase("Connection") && !value.equalsIgnoreCase("close")) {
      throw new IllegalArgumentException(
          "header Connection: expected close, got "
              + Characters.quote(value)
              + "; the framework sets it from version, request and drain");
    }
  }

  /**
   * Checks that one more line of this name may be added.
   *
   * @throws IllegalArgumentException when there is one and the field holds a single value
   */
  static void requireAddable(Headers headers, String name) {
    if (SINGLE.contains(name.toLowerCase(Locale.ROOT)) && headers.contains(name)) {
      throw new IllegalArgumentException(
          "header "
              + name
              + ": expected one line, for it holds a single value, got a second; header(name, value)"
              + " replaces it");
    }
  }

  /**
   * Checks that the lines of this name may be replaced.
   *
   * @throws IllegalArgumentException when that would discard a cookie
   */
  static void requireReplaceable(Headers headers, String name) {
    if (name.equalsIgnoreCase("Set-Cookie") && headers.contains(name)) {
      throw new IllegalArgumentException(
          "header Set-Cookie: expected none before, for it would be discarded; cookie(…) and"
              + " addHeader(…) add one");
    }
  }
}
