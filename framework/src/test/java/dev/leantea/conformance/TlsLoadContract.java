package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.tls.Tls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes that stall, come in a flood or meet new certificates cost other clients nothing. */
public abstract class TlsLoadContract extends ServerContract {
  private static final int HANDSHAKES = 500;
  private static final int BUSY = 8;
  private static final byte HANDSHAKE_RECORD = 22;

  @Override
  protected Handler application() {
    return Router.builder().get("/health", _ -> Response.text(200, "ok")).build();
  }

  private static BusyClients busyClients(int port) {
    return new BusyClients(BUSY, 0, () -> TestCertificates.connect(port));
  }

  /** ClientHellos that are cut anywhere. */
  @Test
  void handshakes_thatAreHalfOpen_costOthersNothing() throws Exception {
    byte[] hello = ClientHello.bytes();
    List<Socket> halfOpen = new ArrayList<>();
    try (BusyClients busy = busyClients(port())) {
      for (int i = 0; i < HANDSHAKES; i++) {
        Socket socket = new Socket(SocketScenes.IPV4, port());
        halfOpen.add(socket);
        socket.getOutputStream().write(hello, 0, 1 + i % (hello.length - 1));
      }
      while (server().connections() < HANDSHAKES) {
        busy.awaitResponses(BUSY);
      }
      busy.awaitResponses(20 * BUSY);
      try (WireClient other = connect()) {
        assertThat(other.get("/health").read().text()).isEqualTo("ok");
      }
    } finally {
      for (Socket socket : halfOpen) {
        socket.close();
      }
    }
  }

  /** The server does its part of each handshake; the clients leave, some with a reset. */
  @Test
  void handshakes_inAFlood_costOthersNothing() throws Exception {
    byte[] hello = ClientHello.bytes();
    try (BusyClients busy = busyClients(port())) {
      for (int i = 0; i < HANDSHAKES; i++) {
        try (Socket socket = new Socket(SocketScenes.IPV4, port())) {
          socket.getOutputStream().write(hello);
          if (i % 2 == 0) {
            assertThat(socket.getInputStream().read()).isEqualTo(HANDSHAKE_RECORD);
          } else {
            socket.setSoLinger(true, 0);
          }
        }
      }
      busy.awaitResponses(20 * BUSY);
    }
  }

  @Test
  void newCertificates_underLoad_breakNoConnection(@TempDir Path folder) throws Exception {
    TestCertificates first = TestCertificates.of("first.example");
    TestCertificates second = TestCertificates.of("second.example");
    Path chain = first.chain(folder.resolve("chain.pem"));
    Path key = first.key(folder.resolve("key.pem"));
    try (Server server = serve(onLoopback().withTls(Tls.pem(chain, key)), application());
        BusyClients busy = new BusyClients(2, 2, () -> TestCertificates.connect(server.port()))) {
      busy.awaitResponses(BUSY);
      second.key(key);
      second.chain(chain);
      while (!shows(server.port(), second)) {
        busy.awaitResponses(BUSY);
      }
      busy.awaitResponses(20 * BUSY);
    }
  }

  private static boolean shows(int port, TestCertificates expected) throws IOException {
    try (SSLSocket client = TestCertificates.connect(port)) {
      client.startHandshake();
      return client.getSession().getPeerCertificates()[0].equals(expected.certificate());
    }
  }
}
