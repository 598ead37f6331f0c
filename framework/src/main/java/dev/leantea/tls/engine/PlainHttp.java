package dev.leantea.tls.engine;

import dev.leantea.http.HttpDate;
import dev.leantea.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Answers clients that speak HTTP without TLS to a TLS port, so that they can tell. */
final class PlainHttp {
  private static final String TEXT =
      "This port speaks HTTPS, and the request came without TLS: use https:// in the URL.\n";

  private PlainHttp() {}

  /** Whether a request line may begin so: a handshake record begins with 22 (RFC 8446 §5.1). */
  static boolean isFirstByte(byte first) {
    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
  }

  static void refuse(Wire wire) {
    String response =
        "HTTP/1.1 400 Bad Request\r\nDate: "
            + HttpDate.format(Instant.now())
            + "\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + TEXT.length()
            + "\r\n\r\n"
            + TEXT;
    byte[] bytes = response.getBytes(StandardCharsets.US_ASCII);
    wire.send(bytes, 0, bytes.length);
    wire.shutdownOutput();
  }
}
