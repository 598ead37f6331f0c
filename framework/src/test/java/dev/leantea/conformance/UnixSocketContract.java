package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Listener;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.backend.UnixListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A server on a unix domain socket alone: its file, its clients, its end. */
public abstract class UnixSocketContract extends ServerContract {
  private static final int ROUNDS = 200;
  private static final int STARTS_AT_ONCE = 8;

  @TempDir private Path folder = Path.of("");

  /** Netty's NIO transport does not hold this contract. */
  static boolean isOffered(String backend) {
    return !backend.startsWith("netty:nio");
  }

  @BeforeEach
  void requireOffered(TestInfo test) {
    boolean refusal = test.getTags().contains("refusal");
    assumeTrue(
        isOffered(backend()) != refusal, "a backend has unix domain sockets or refuses them");
  }

  @Tag("refusal")
  @Test
  void serve_whereItIsNotOffered_isAnErrorThatSaysWhatIs() throws IOException {
    assertThatThrownBy(this::onPath)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("use netty:epoll, reactor or blocking");
    assertThat(files()).isEmpty();
  }

  private Path path() {
    return folder.resolve("http.sock");
  }

  private Server serve(UnixListener listener) {
    return serve(ServerConfig.of(listener), application());
  }

  private Server onPath() {
    return serve(Listener.unix(path()));
  }

  private static void requireServed(Path path) throws IOException {
    try (var client = new UnixClient(path)) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  // ---- requests

  @Test
  void get_severalOnOneConnection_areAnswered_andTheClientHasNoAddress() throws IOException {
    try (Server server = onPath();
        var client = new UnixClient(path())) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
      assertThat(client.get("/remote").read().text()).isEmpty();
      assertThat(client.get("/bytes/1000000").read().body()).hasSize(1_000_000);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void server_hasNoPort() throws IOException {
    try (Server server = onPath()) {
      assertThat(server.listeners()).hasToString("[unix:" + path() + "]");
      assertThat(server.ports()).isEmpty();
      assertThatThrownBy(server::port)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("unix:" + path());
    }
  }

  @Test
  void proxyProtocol_theHeadersAddressIsTheClients() throws IOException {
    try (Server server = serve(Listener.unix(path()).withProxyProtocol());
        var proxied = new UnixClient(path());
        var direct = new UnixClient(path())) {
      assertThat(server.connections()).isLessThanOrEqualTo(2);
      proxied.send("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n").get("/remote");
      assertThat(proxied.read().text()).isEqualTo("/192.0.2.1:56324");
      direct.get("/remote").expectEnd();
    }
  }

  // ---- the file

  @Test
  void permissions_areTheOwnersAloneOrAsConfigured() throws IOException {
    try (Server _ = onPath()) {
      assertThat(permissions()).isEqualTo("rw-------");
    }
    try (Server _ = serve(Listener.unix(path()).withPermissions("rw-rw-rw-"))) {
      assertThat(permissions()).isEqualTo("rw-rw-rw-");
    }
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path()));
  }

  @Test
  void file_ofADeadServer_isReplaced() throws IOException {
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(path()).as("left by the dead server").exists();
    try (Server _ = onPath()) {
      requireServed(path());
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void file_ofALivingServer_isRefusedAndServesOn() throws IOException {
    try (Server _ = onPath()) {
      assertThatThrownBy(this::onPath)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "cannot listen on unix:%s: another server listens there; expected a path in a folder"
                  + " that this process may write to",
              path());
      requireServed(path());
    }
  }

  @Test
  void file_ofAServerWhoseQueueIsFull_isRefusedWithoutAWait() throws IOException {
    try (var busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      busy.bind(UnixDomainSocketAddress.of(path()), 1);
      try (var _ = new UnixClient(path());
          var _ = new UnixClient(path())) {
        assertThatThrownBy(this::onPath).hasMessageContaining("a server may listen there: ");
      }
    }
  }

  @Test
  void file_thatIsNoSocket_isRefusedAndKept() throws IOException {
    Files.writeString(path(), "precious");
    assertThatThrownBy(this::onPath)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(
            "cannot listen on unix:" + path() + ": the path is a file that is no socket");
    assertThat(path()).hasContent("precious");
  }

  @Test
  void folder_missingOrNotWritable_isAnErrorThatNamesIt() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> serve(Listener.unix(missing.resolve("http.sock"))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("there is no folder " + missing);
    Path unwritable = Path.of("/proc/http.sock"); // not even by root
    assertThatThrownBy(() -> serve(Listener.unix(unwritable)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot listen on unix:/proc/http.sock: ");
  }

  @Test
  void starts_manyAtOnceOnOnePath_oneServes() throws Exception {
    try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Server> start = this::onPath;
      List<Future<Server>> started =
          Stream.generate(() -> starters.submit(start)).limit(STARTS_AT_ONCE).toList();
      List<Server> servers = started.stream().flatMap(UnixSocketContract::success).toList();
      assertThat(servers).hasSize(1);
      requireServed(path());
      servers.getFirst().close();
    }
    assertThat(files()).isEmpty();
  }

  private static Stream<Server> success(Future<Server> started) {
    try {
      return Stream.of(started.get());
    } catch (InterruptedException | ExecutionException e) {
      return Stream.empty();
    }
  }

  // ---- the end

  @Test
  void close_twiceAndInAHandler_removesTheFile() throws Exception {
    var running = new Server[1];
    Handler closing =
        _ -> {
          running[0].close();
          return Response.text(200, "closing");
        };
    Router routes = Router.builder().get("/close", closing).build();
    Server server = serve(ServerConfig.of(Listener.unix(path())), routes);
    running[0] = server;
    try (var client = new UnixClient(path())) {
      assertThat(client.get("/close").read().text()).isEqualTo("closing");
      client.expectEnd();
    }
    server.close();
    server.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void drain_requestInFlight_isAnsweredAndNobodyConnects() throws Exception {
    var entered = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    Handler waiting =
        _ -> {
          entered.countDown();
          open.await();
          return Response.text(200, "done");
        };
    Server server = serve(ServerConfig.of(Listener.unix(path())), waiting);
    try (var client = new UnixClient(path());
        var idle = new UnixClient(path())) {
      client.get("/");
      entered.await();
      Thread closing = Thread.startVirtualThread(server::close);
      idle.expectEnd(); // closed by the drain, so it has begun
      assertThatThrownBy(() -> new UnixClient(path())).isInstanceOf(IOException.class);
      open.countDown();
      assertThat(client.read().field("Connection")).isEqualTo("close");
      client.expectEnd();
      closing.join();
    }
  }

  @Test
  void startAndClose_manyTimes_leavesNothing() throws Exception {
    var leaks = new Leaks();
    for (int round = 0; round < ROUNDS; round++) {
      Server server = serve(ServerConfig.of(Listener.unix(path())), application());
      requireServed(path());
      server.close();
      leaks.closed(server);
    }
    leaks.requireNone();
    assertThat(files()).isEmpty();
  }

  @Test
  void connectionsBeyondTheLimit_are503() throws IOException {
    ServerConfig config =
        ServerConfig.of(Listener.unix(path())).withLimits(Limits.DEFAULTS.withConnections(1));
    try (Server _ = serve(config, application());
        var first = new UnixClient(path())) {
      assertThat(first.get("/health").read().status()).isEqualTo(200);
      try (var second = new UnixClient(path())) {
        assertThat(second.get("/health").read().status()).isEqualTo(503);
      }
    }
  }
}
