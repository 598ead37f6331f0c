package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.tls.Tls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of TLS: how they are cut, how a connection ends, what is none, and new certificates. */
public abstract class TlsWireContract extends ServerContract {
  private static final int MIB = 1024 * 1024;

  /** What handlers of connections that were cut have seen. */
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/health", _ -> Response.text(200, "ok"))
        .get(
            "/large",
            _ -> Response.bytes(200, MediaType.OCTET_STREAM, ContractApplication.pattern(MIB)))
        .post("/length", request -> Response.text(200, "" + request.bytes().length))
        .get("/raw", _ -> Response.upgrade("raw", connection -> ends.add(end(connection.input()))))
        .build();
  }

  private static String end(java.io.InputStream in) {
    try {
      return "end after " + in.readAllBytes().length;
    } catch (IOException e) {
      return "broken";
    }
  }

  // ---- records

  /** 1: each byte comes alone; the ClientHello and the request are cut everywhere. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void records_mayBeCutAnywhere(int bytes) throws Exception {
    try (TlsRelay relay = TlsRelay.cutting(port(), bytes);
        SSLSocket client = TestCertificates.connect(relay.port())) {
      assertThat(get(client, "/health")).isEqualTo("ok");
      assertThat(get(client, "/health")).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void clientHello_mayComeInSeveralRecords(int bytes) throws Exception {
    try (TlsRelay relay = TlsRelay.fragmenting(port(), bytes);
        SSLSocket client = TestCertificates.connect(relay.port())) {
      assertThat(get(client, "/health")).isEqualTo("ok");
    }
  }

  @Test
  void bodies_ofManyRecords_arriveBothWays() throws IOException {
    try (WireClient client = connect()) {
      client.post("/length", new byte[3 * MIB]);
      assertThat(client.read().text()).isEqualTo("" + 3 * MIB);
      assertThat(client.get("/large").read().body()).isEqualTo(ContractApplication.pattern(MIB));
    }
  }

  // ---- ends

  /** An SSLSocket throws when the end comes without close_notify. */
  @Test
  void server_endsWithCloseNotify() throws IOException {
    try (SSLSocket client = TestCertificates.connect(port())) {
      send(client, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      byte[] all = client.getInputStream().readAllBytes();
      assertThat(new String(all, StandardCharsets.US_ASCII)).endsWith("ok");
    }
  }

  @Test
  void clientsCloseNotify_behindARequest_isStillAnswered() throws IOException {
    askAndEnd(port());
  }

  /** With a key that signs slowly, the steps of a handshake may run beside the event loop. */
  @Test
  void clientsCloseNotify_duringAStepOfTheHandshake_isStillAnswered(@TempDir Path folder)
      throws Exception {
    TestCertificates slow = TestCertificates.of("slow.example");
    Tls tls = Tls.pem(slow.chain(folder.resolve("chain")), slow.key(folder.resolve("key")));
    try (Server server = serve(onLoopback().withTls(tls), application())) {
      for (int i = 0; i < 20; i++) { // the end comes during the step, or behind it
        askAndEnd(server.port());
      }
    }
  }

  private static void askAndEnd(int port) throws IOException {
    try (SSLSocket client = TestCertificates.connect(port)) {
      send(client, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.shutdownOutput();
      byte[] all = client.getInputStream().readAllBytes();
      assertThat(new String(all, StandardCharsets.US_ASCII)).endsWith("ok");
    }
  }

  @Test
  void closeNotify_isTheEndOfAnUpgradedConnection() throws Exception {
    try (SSLSocket client = upgraded()) {
      send(client, "abc");
      client.shutdownOutput();
      assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("end after 3");
    }
  }

  @Test
  void endWithoutCloseNotify_isNoEndOfAnUpgradedConnection() throws Exception {
    try (Socket raw = new Socket(SocketScenes.IPV4, port());
        SSLSocket client = upgraded(TestTls.shared().over(raw))) {
      send(client, "abc");
      raw.shutdownOutput();
      assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("broken");
    }
  }

  private SSLSocket upgraded() throws IOException {
    return upgraded(TestCertificates.connect(port()));
  }

  private static SSLSocket upgraded(SSLSocket client) throws IOException {
    send(
        client,
        "GET /raw HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n");
    assertThat(new ReplyReader(new BufferedInputStream(client.getInputStream())).readHead(101))
        .isNotEmpty();
    return client;
  }

  // ---- what is no TLS

  @Test
  void plainHttp_isAnsweredReadably() throws IOException {
    try (Socket socket = new Socket(SocketScenes.IPV4, port())) {
      send(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      var reply = new ReplyReader(new BufferedInputStream(socket.getInputStream())).read(false);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.field("Content-Type")).startsWith("text/plain");
      assertThat(reply.text()).contains("HTTPS");
    }
  }

  /** Not a type of TLS; no version of it; a record that is too long; a broken ClientHello. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\000\001\002\003\004\005",
        "\026\007\001\000\005hello",
        "\026\003\001\377\377",
        "\026\003\001\000\005\001\000\000\001\000",
        "\027\003\003\000\001x"
      })
  void garbage_endsTheConnectionWithAnAlert(String bytes) throws IOException {
    try (Socket socket = new Socket(SocketScenes.IPV4, port())) {
      socket.setSoTimeout(30_000);
      send(socket, bytes);
      assertThat(socket.getInputStream().readAllBytes()).startsWith(21, 3);
    }
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  // ---- new certificates

  @Test
  void files_areReadAgain_whenTheyHaveChanged(@TempDir Path folder) throws Exception {
    TestCertificates first = TestCertificates.of("first.example");
    TestCertificates second = TestCertificates.of("second.example");
    Path chain = first.chain(folder.resolve("chain.pem"));
    Path key = first.key(folder.resolve("key.pem"));
    try (RecordedLog log = new RecordedLog();
        Server server = serve(onLoopback().withTls(Tls.pem(chain, key)), application());
        SSLSocket old = TestCertificates.connect(server.port())) {
      assertThat(get(old, "/health")).isEqualTo("ok");
      Files.writeString(chain, "nothing of use");
      await(() -> !log.messages(chain + ": expected a file in PEM format").isEmpty());
      assertThat(shown(server.port())).isEqualTo(first.certificate());
      second.key(key);
      second.chain(chain);
      await(() -> shown(server.port()).equals(second.certificate()));
      assertThat(get(old, "/health")).isEqualTo("ok");
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20); // between looks, not for something to happen
    }
  }

  @Test
  void files_thatCannotBeUsed_failTheStart(@TempDir Path folder) throws Exception {
    TestCertificates one = TestCertificates.of("first.example");
    TestCertificates other = TestCertificates.of("second.example");
    Path chain = one.chain(folder.resolve("chain.pem"));
    assertThatThrownBy(() -> start(chain, folder.resolve("none.pem")))
        .hasMessageContaining("none.pem: expected a file, found none");
    assertThatThrownBy(() -> start(chain, other.key(folder.resolve("other.pem"))))
        .hasMessageContaining("other.pem: expected the key of the first certificate in");
    assertThatThrownBy(() -> start(chain, chain))
        .hasMessageContaining("chain.pem: expected one private key");
  }

  private void start(Path chain, Path key) {
    serve(onLoopback().withTls(Tls.pem(chain, key)), application()).close();
  }

  // ---- clients

  private static Certificate shown(int port) throws IOException {
    try (SSLSocket client = TestCertificates.connect(port)) {
      client.startHandshake();
      return client.getSession().getPeerCertificates()[0];
    }
  }

  private static String get(SSLSocket client, String path) throws IOException {
    send(client, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return new ReplyReader(new BufferedInputStream(client.getInputStream())).read(false).text();
  }

  private static void send(Socket socket, String latin1) throws IOException {
    socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }
}
