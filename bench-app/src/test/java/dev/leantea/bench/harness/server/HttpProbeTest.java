package dev.leantea.bench.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProbeTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK,''",
    "HTTP/1.0 503 Busy,status 503",
    "SSH-2.0-OpenSSH,no HTTP response"
  })
  void check_serverLeavesTheConnectionOpen_saysWhatCame(String line, String expected)
      throws Exception {
    assertThat(answerTo(line)).isEqualTo(expected);
  }

  /** The server closes its connection only when the probe has closed it. */
  private static String answerTo(String line) throws Exception {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var answering = CompletableFuture.runAsync(() -> answer(listener, line + "\r\n\r\n"));
      String result = new HttpProbe(SocketFactory.getDefault()).check(listener.getLocalPort(), "/");
      answering.get();
      return result;
    }
  }

  private static void answer(ServerSocket listener, String text) {
    try (Socket socket = listener.accept()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // the probe has closed with bytes unread: that is its end too
    }
  }
}
