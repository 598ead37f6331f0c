package dev.leantea.http1;

import dev.leantea.http.HttpVersion;
import dev.leantea.http.Response;

/**
 * Decides whether a connection persists after a response, and has the {@code Connection} line for
 * it (RFC 9112 §9.3, §9.6).
 *
 * <table>
 * <caption>It persists if all of these hold</caption>
 * <tr><td>the request</td><td>HTTP/1.1 without {@code close}; HTTP/1.0 with {@code keep-alive} and
 *     without {@code close}</td></tr>
 * <tr><td>its body</td><td>was read to its end, or discarded</td></tr>
 * <tr><td>the response</td><td>has a length or chunks, and the handler has not set {@code Connection: close}</td></tr>
 * <tr><td>the server</td><td>is not draining</td></tr>
 * </table>
 */
final class KeepAlive {
  private static final byte[] KEEP_ALIVE = Bytes.latin1("Connection: keep-alive\r\n");
  private static final byte[] CLOSE = Bytes.latin1("Connection: close\r\n");

  /** RFC 9110 §7.8: a sender of Upgrade must name it in Connection. */
  private static final byte[] UPGRADE = Bytes.latin1("Connection: upgrade\r\n");

  private static final byte[] KEEP_ALIVE_UPGRADE =
      Bytes.latin1("Connection: keep-alive, upgrade\r\n");
  private static final byte[] CLOSE_UPGRADE = Bytes.latin1("Connection: close, upgrade\r\n");

  private KeepAlive() {}

  /** Whether the request's head and the server's state allow persistence. */
  static boolean allowed(RequestHead head, boolean draining) {
    if (draining || head.saysClose) {
      return false;
    }
    return head.version == HttpVersion.HTTP_1_1 || head.saysKeepAlive;
  }

  /** Whether the handler has set {@code Connection: close}. */
  static boolean closes(Response response) {
    return response.headers().contains("Connection");
  }

  /** The line, with its CRLF. */
  static byte[] line(int status, boolean keep) {
    return switch (status) {
      case 101 -> UPGRADE;
      case 426 -> keep ? KEEP_ALIVE_UPGRADE : CLOSE_UPGRADE;
      default -> keep ? KEEP_ALIVE : CLOSE;
    };
  }
}
