package dev.leantea.bench.harness.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request on a connection of its own: less between the clock and the server than a client. */
public final class HttpProbe {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int NO_STATUS = -1;

  private HttpProbe() {}

  /**
   * The status of {@code GET target} on 127.0.0.1; −1 when the answer was no HTTP.
   *
   * @throws IOException when nobody listens, or no answer came
   */
  public static int status(int port, String target) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.getOutputStream().write(request(target, "close"));
      return status(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The bytes of a request. */
  public static byte[] request(String target, String connection) {
    String text =
        "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: " + connection + "\r\n\r\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int status(String answer) {
    if (!answer.matches("(?s)HTTP/1\\.[01] \\d{3}[ \r].*")) {
      return NO_STATUS;
    }
    return Integer.parseInt(answer.substring(9, 12));
  }
}
