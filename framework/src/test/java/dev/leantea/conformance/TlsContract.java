package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.http.TlsSession;
import dev.leantea.routing.Router;
import dev.leantea.tls.ClientCertificates;
import dev.leantea.tls.Tls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes: versions, ALPN, certificates by name, client certificates. */
public abstract class TlsContract extends ServerContract {
  private static final String GET = "GET /tls HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/tls", request -> Response.text(200, describe(request.scheme(), request.tls())))
        .build();
  }

  private static String describe(String scheme, Optional<TlsSession> session) {
    TlsSession tls = session.orElseThrow();
    return "%s %s %s %s %d"
        .formatted(
            scheme,
            tls.version(),
            tls.serverName().orElse("no name"),
            tls.applicationProtocol().orElse("no ALPN"),
            tls.peerCertificates().size());
  }

  // ---- versions

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void version_isSeenByTheHandler(String version) throws Exception {
    try (SSLSocket client = client(TestCertificates.trustingAll(), port())) {
      client.setEnabledProtocols(new String[] {version});
      ask(client, "tea.example");
      assertThat(get(client)).isEqualTo("https " + version + " tea.example no ALPN 0");
    }
  }

  /** The JDK's clients have no TLS 1.1 any more: a ClientHello of it, by hand. */
  @Test
  void olderVersion_isRefusedWithAnAlert() throws IOException {
    byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
    byte[] start = {
      22, 3, 1, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, 2
    };
    byte[] end = {0, 0, 2, (byte) 0xc0, 0x13, 1, 0};
    System.arraycopy(start, 0, hello, 0, start.length);
    System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
    try (Socket socket = new Socket(SocketScenes.IPV4, port())) {
      socket.getOutputStream().write(hello);
      byte[] alert = socket.getInputStream().readAllBytes();
      assertThat(alert).startsWith(21, 3).endsWith(2, 70); // fatal, protocol_version
    }
  }

  @Test
  void renegotiation_isRefused() throws Exception {
    try (SSLSocket client = client(TestCertificates.trustingAll(), port())) {
      client.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThat(get(client)).startsWith("https TLSv1.2");
      assertThatThrownBy(() -> handshakeAgain(client)).isInstanceOf(IOException.class);
    }
    assertThat(get(TestCertificates.trustingAll(), port())).startsWith("https TLSv1.3");
  }

  /** In TLS 1.2 a ClientHello on the connection that is open. */
  private static void handshakeAgain(SSLSocket client) throws IOException {
    client.startHandshake();
    get(client);
  }

  // ---- ALPN

  @Test
  void alpn_choosesHttp2BeforeHttp11() throws Exception {
    try (SSLSocket client = client(TestCertificates.trustingAll(), port())) {
      offer(client, "http/1.1", "h2");
      client.startHandshake();
      assertThat(client.getApplicationProtocol()).isEqualTo("h2");
    }
  }

  @Test
  void alpn_withoutHttp2_choosesHttp11() throws Exception {
    try (SSLSocket client = client(TestCertificates.trustingAll(), port())) {
      offer(client, "unknown", "http/1.1");
      assertThat(get(client)).isEqualTo("https TLSv1.3 no name http/1.1 0");
      assertThat(client.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @Test
  void alpn_withNothingInCommon_failsTheHandshake() throws Exception {
    try (SSLSocket client = client(TestCertificates.trustingAll(), port())) {
      offer(client, "spdy/1");
      assertThatThrownBy(client::startHandshake)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("no_application_protocol");
    }
  }

  private static void offer(SSLSocket client, String... protocols) {
    SSLParameters parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    client.setSSLParameters(parameters);
  }

  // ---- certificates

  @Test
  void certificate_isChosenByName(@TempDir Path folder) throws Exception {
    TestCertificates first = TestCertificates.of("first.example");
    TestCertificates wild = TestCertificates.of("*.wild.example");
    Tls tls =
        Tls.pem(first.chain(folder.resolve("a")), first.key(folder.resolve("b")))
            .andPem(wild.chain(folder.resolve("c")), wild.key(folder.resolve("d")));
    try (Server server = serve(onLoopback().withTls(tls), application())) {
      int port = server.port();
      assertThat(shown(port, "first.example")).isEqualTo(first.certificate());
      assertThat(shown(port, "FIRST.example")).isEqualTo(first.certificate());
      assertThat(shown(port, "a.wild.example")).isEqualTo(wild.certificate());
      assertThat(shown(port, "a.b.wild.example")).isEqualTo(first.certificate());
      assertThat(shown(port, "other.example")).isEqualTo(first.certificate());
    }
  }

  private static Certificate shown(int port, String name) throws Exception {
    try (SSLSocket client = client(TestCertificates.trustingAll(), port)) {
      ask(client, name);
      client.startHandshake();
      return client.getSession().getPeerCertificates()[0];
    }
  }

  private static void ask(SSLSocket client, String name) {
    SSLParameters parameters = client.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    client.setSSLParameters(parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONAL", "REQUIRED"})
  void clientCertificate_isVerifiedAndSeen(ClientCertificates policy, @TempDir Path folder)
      throws Exception {
    TestCertificates own = TestCertificates.of("localhost");
    TestCertificates client = TestCertificates.of("client.example");
    TestCertificates stranger = TestCertificates.of("stranger.example");
    Tls tls =
        Tls.pem(own.chain(folder.resolve("a")), own.key(folder.resolve("b")))
            .withClientCertificates(policy, client.chain(folder.resolve("c")));
    try (Server server = serve(onLoopback().withTls(tls), application())) {
      try (SSLSocket known = client(client.clientOf(own), server.port())) {
        assertThat(get(known)).endsWith(" 1");
      }
      assertThatThrownBy(() -> get(stranger.clientOf(own), server.port()))
          .isInstanceOf(IOException.class);
      if (policy == ClientCertificates.REQUIRED) {
        assertThatThrownBy(() -> get(TestCertificates.trustingAll(), server.port()))
            .isInstanceOf(IOException.class);
      } else {
        assertThat(get(TestCertificates.trustingAll(), server.port())).endsWith(" 0");
      }
    }
  }

  @Test
  void selfSigned_isForLocalhost() throws Exception {
    try (Server server = serve(onLoopback().withTls(Tls.selfSigned()), application())) {
      assertThat(get(TestCertificates.trustingAll(), server.port())).startsWith("https TLSv1.3");
      assertThat(shown(server.port(), "localhost").toString())
          .contains("DNSName: localhost", "IPAddress: 127.0.0.1");
    }
  }

  // ---- deadlines and limits

  @ParameterizedTest
  @ValueSource(strings = {"", "\026\003\001"})
  void handshake_thatStalls_isEnded(String begin) throws IOException {
    Limits limits = Limits.DEFAULTS.withHandshakeTimeout(java.time.Duration.ofMillis(200));
    try (Server server = serve(application(), limits);
        Socket socket = new Socket(SocketScenes.IPV4, server.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(begin.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void handshakes_beyondTheLimit_areRefusedUntilOneHasEnded() throws Exception {
    try (Server server = serve(application(), Limits.DEFAULTS.withHandshakes(1))) {
      Socket stalled = stall(server.port());
      stalled.close();
      while (!isHandshakePossible(server.port())) {
        Thread.onSpinWait();
      }
    }
  }

  /** A handshake that has begun, and is the only one that may: the next one was refused. */
  private static Socket stall(int port) throws IOException, GeneralSecurityException {
    while (true) {
      var stalled = new Socket(SocketScenes.IPV4, port);
      stalled.getOutputStream().write(22);
      if (!isHandshakePossible(port)) {
        return stalled;
      }
      stalled.close(); // the other one came first, and this one may have been refused
    }
  }

  private static boolean isHandshakePossible(int port) throws GeneralSecurityException {
    try {
      return !get(TestCertificates.trustingAll(), port).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  // ---- clients

  private static SSLSocket client(SSLContext context, int port) throws IOException {
    Socket socket = new Socket(SocketScenes.IPV4, port);
    socket.setSoTimeout(30_000);
    return (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", port, true);
  }

  private static String get(SSLContext context, int port) throws IOException {
    try (SSLSocket client = client(context, port)) {
      return get(client);
    }
  }

  private static String get(SSLSocket client) throws IOException {
    client.getOutputStream().write(GET.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    var in = new java.io.BufferedInputStream(client.getInputStream());
    return new ReplyReader(in).read(false).text();
  }
}
