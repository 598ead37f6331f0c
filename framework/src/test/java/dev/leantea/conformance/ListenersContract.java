package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Listener;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.backend.TcpListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.net.Network;
import dev.leantea.tls.Tls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with several listeners: HTTP, HTTPS and a unix domain socket. */
public abstract class ListenersContract extends ServerContract {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final Handler ORIGIN =
      request -> Response.text(200, request.scheme() + " " + request.remoteAddress());

  @TempDir private Path folder = Path.of("");

  private Path path() {
    return folder.resolve("http.sock");
  }

  private static TcpListener https() {
    return Listener.https(0, Tls.context(TestTls.shared().context())).withHost("127.0.0.1");
  }

  private ServerConfig three() {
    assumeTrue(UnixSocketContract.isOffered(backend()), "no unix domain sockets");
    return onLoopback().withListener(https()).withListener(Listener.unix(path()));
  }

  private static WireClient.Reply ask(Socket socket, String request) throws IOException {
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return new ReplyReader(new BufferedInputStream(socket.getInputStream())).read(false);
  }

  private static String overTls(int port) throws IOException {
    try (Socket raw = new Socket(SocketScenes.IPV4, port);
        Socket socket = TestTls.shared().over(raw)) {
      return ask(socket, GET).text();
    }
  }

  private static String plain(int port) throws IOException {
    try (Socket socket = new Socket(SocketScenes.IPV4, port)) {
      return ask(socket, GET).text();
    }
  }

  private static String overUnix(Path path) throws IOException {
    try (var client = new UnixClient(path)) {
      return client.get("/").read().text();
    }
  }

  @Test
  void oneHandler_answersOnEach() throws IOException {
    try (Server server = serve(three(), ORIGIN)) {
      int http = server.ports().getFirst();
      int https = server.ports().get(1);
      assertThat(server.port()).isEqualTo(http).isNotEqualTo(https).isPositive();
      assertThat(server.listeners())
          .hasToString("[127.0.0.1:%d, 127.0.0.1:%d, unix:%s]".formatted(http, https, path()));
      assertThat(plain(http)).startsWith("http /127.0.0.1:");
      assertThat(overTls(https)).startsWith("https /127.0.0.1:");
      assertThat(overUnix(path())).isEqualTo("http ");
    }
  }

  @Test
  void unixSocketWithTls_speaksIt() throws IOException {
    assumeTrue(UnixSocketContract.isOffered(backend()), "no unix domain sockets");
    var tls = Tls.context(TestTls.shared().context());
    try (Server _ = serve(ServerConfig.of(Listener.unix(path()).withTls(tls)), ORIGIN);
        var relay = new UnixRelay(path())) {
      assertThat(overTls(relay.port())).isEqualTo("https ");
    }
  }

  @Test
  void connectionLimit_isThatOfAllTogether() throws IOException {
    ServerConfig config = three().withLimits(Limits.DEFAULTS.withConnections(1));
    try (Server server = serve(config, ORIGIN);
        var first = new UnixClient(path())) {
      assertThat(first.get("/").read().status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(1);
      try (Socket second = new Socket(SocketScenes.IPV4, server.port())) {
        assertThat(ask(second, GET).status()).isEqualTo(503);
      }
    }
  }

  @Test
  void close_endsTheConnectionsOfEach() throws IOException {
    Server server = serve(three(), ORIGIN);
    try (var port = new WireClient(server.port());
        var unix = new UnixClient(path())) {
      assertThat(port.get("/").read().status()).isEqualTo(200);
      assertThat(unix.get("/").read().status()).isEqualTo(200);
      server.close();
      port.expectEnd();
      unix.expectEnd();
    }
    for (int port : server.ports()) {
      assertThatThrownBy(() -> new Socket(SocketScenes.IPV4, port)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> new UnixClient(path())).isInstanceOf(IOException.class);
  }

  @Test
  void bindError_ofTheLast_namesItAndClosesTheOthers() throws IOException {
    assumeTrue(UnixSocketContract.isOffered(backend()), "no unix domain sockets");
    try (var taken = new ServerSocket(0, 1, SocketScenes.IPV4)) {
      int free = freePort();
      ServerConfig config =
          ServerConfig.of(Listener.http(free).withHost("127.0.0.1"))
              .withListener(Listener.unix(path()))
              .withListener(Listener.http(taken.getLocalPort()).withHost("127.0.0.1"));
      assertThatThrownBy(() -> serve(config, ORIGIN))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ");
      assertThat(path()).doesNotExist();
      try (var again = new ServerSocket(free, 1, SocketScenes.IPV4)) {
        assertThat(again.isBound()).isTrue();
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, SocketScenes.IPV4)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void proxyProtocol_ofOneListener_isNotThatOfTheOthers() throws IOException {
    TcpListener behind =
        Listener.http(0).withHost("127.0.0.1").withProxyProtocol(Network.of("127.0.0.0/8"));
    String header = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n";
    try (Server server = serve(onLoopback().withListener(behind), ORIGIN);
        Socket proxied = new Socket(SocketScenes.IPV4, server.ports().get(1));
        Socket direct = new Socket(SocketScenes.IPV4, server.port())) {
      assertThat(ask(proxied, header + GET).text()).isEqualTo("http /192.0.2.1:56324");
      assertThat(ask(direct, header + GET).status()).isEqualTo(400);
    }
  }

  @Test
  void plainHttpOnTheTlsPort_isA400ThatSaysSo_andTlsOnThePlainPortEnds() throws IOException {
    try (Server server = serve(onLoopback().withListener(https()), ORIGIN)) {
      try (Socket plain = new Socket(SocketScenes.IPV4, server.ports().get(1))) {
        WireClient.Reply reply = ask(plain, GET);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("HTTPS");
      }
      assertThatThrownBy(() -> overTls(server.port())).isInstanceOf(IOException.class);
      assertThat(plain(server.port())).startsWith("http ");
      assertThat(overTls(server.ports().get(1))).startsWith("https ");
    }
  }
}
