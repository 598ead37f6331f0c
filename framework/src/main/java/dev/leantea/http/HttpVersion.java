package dev.leantea.http;

/** The protocol version of a request line (RFC 9112 §2.3). */
public enum HttpVersion {
  HTTP_1_0("HTTP/1.0"),
  HTTP_1_1("HTTP/1.1");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /** As it stands on the wire: {@code HTTP/1.1}. */
  @Override
  public String toString() {
    return text;
  }
}
