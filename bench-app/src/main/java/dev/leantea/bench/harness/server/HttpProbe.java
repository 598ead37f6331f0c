package dev.leantea.bench.harness.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/**
 * One request on a connection of its own, with less overhead than an HTTP client has.
 *
 * @param sockets make the connections, which may be TLS
 */
public record HttpProbe(SocketFactory sockets) {
  private static final int TIMEOUT_MILLIS = 5_000;

  /** As far as the status goes: "HTTP/1.1 200 ". */
  private static final int STATUS_BYTES = 13;

  /** Empty when {@code GET target} on 127.0.0.1 is answered with 200, else what came instead. */
  public String check(int port, String target) {
    try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request(target, "close"));
      // Not to the end: Helidon leaves the connection open.
      String answer =
          new String(socket.getInputStream().readNBytes(STATUS_BYTES), StandardCharsets.UTF_8);
      if (!answer.matches("HTTP/1\\.[01] \\d{3}[ \r]")) {
        return "no HTTP response";
      }
      String status = answer.substring(9, 12);
      return status.equals("200") ? "" : "status " + status;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  public static byte[] request(String target, String connection) {
    String text =
        "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: " + connection + "\r\n\r\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
