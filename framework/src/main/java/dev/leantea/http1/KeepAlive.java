package dev.leantea.http1;

import dev.leantea.http.HttpVersion;
import dev.leantea.http.Response;

/**
 * The keep-alive annotator: decides whether the connection lives on after a response, and writes
 * the one {@code Connection} line that says so (RFC 9112 §9.3, §9.6).
 *
 * <table>
 * <caption>It lives on when all of these hold</caption>
 * <tr><td>the request</td><td>HTTP/1.1 without {@code close}; HTTP/1.0 with {@code keep-alive} and
 *     without {@code close}</td></tr>
 * <tr><td>its body</td><td>was read to its end, by the handler or by us</td></tr>
 * <tr><td>the response</td><td>has a length or chunks, and no {@code Connection: close} of the
 *     handler's</td></tr>
 * <tr><td>the server</td><td>is not draining</td></tr>
 * </table>
 */
final class KeepAlive {
  private static final byte[] KEEP_ALIVE = Bytes.latin1("Connection: keep-alive\r\n");
  private static final byte[] CLOSE = Bytes.latin1("Connection: close\r\n");

  /** RFC 9110 §7.8: who sends Upgrade names it in Connection. */
  private static final byte[] UPGRADE = Bytes.latin1("Connection: upgrade\r\n");

  private static final byte[] KEEP_ALIVE_UPGRADE =
      Bytes.latin1("Connection: keep-alive, upgrade\r\n");
  private static final byte[] CLOSE_UPGRADE = Bytes.latin1("Connection: close, upgrade\r\n");

  private KeepAlive() {}

  /** What the request's head and the server's state allow. */
  static boolean allowed(RequestHead head, boolean draining) {
    if (draining || head.saysClose) {
      return false;
    }
    return head.version == HttpVersion.HTTP_1_1 || head.saysKeepAlive;
  }

  /** Whether the handler asks for the end of the connection. */
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
