package dev.leantea.http;

/**
 * The protocol version of a request (RFC 9110 §2.5), in the order of their publication.
 *
 * <p>There may be more constants: a switch over them needs a {@code default}, and a comparison says
 * {@code version.compareTo(HTTP_1_1) >= 0}.
 */
public enum HttpVersion {
  HTTP_1_0("HTTP/1.0"),
  HTTP_1_1("HTTP/1.1"),
  HTTP_2("HTTP/2");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /** Such as {@code HTTP/1.1}. */
  @Override
  public String toString() {
    return text;
  }
}
