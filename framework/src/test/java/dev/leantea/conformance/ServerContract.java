package dev.leantea.conformance;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.tls.Tls;
import dev.leantea.tls.openssl.OpenSsl;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A suite against one running server of the backend under test. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class ServerContract {
  /** Behind a specification: all servers of the suite listen on unix domain sockets. */
  static final String OVER_UNIX = "+unix";

  @SuppressWarnings("NullAway.Init") // JUnit calls startServer first
  private Server server;

  /**
   * What a user would type: {@code reactor:nio}. With {@code +JDK} or {@code +OPENSSL} behind it
   * all servers of the suite speak TLS by that engine, and the clients too.
   */
  protected abstract String backend();

  /** The application of this suite. */
  protected Handler application() {
    return ContractApplication.routes();
  }

  /** The limits of this suite. */
  protected Limits limits() {
    return Limits.DEFAULTS;
  }

  @BeforeAll
  void startServer() {
    server = serve(application(), limits());
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  /** Starts a further server; the caller closes it. */
  protected Server serve(Handler handler, Limits withLimits) {
    return serve(onLoopback().withLimits(withLimits), handler);
  }

  /** A free port that is reached from this machine alone. */
  protected static ServerConfig onLoopback() {
    return ServerConfig.of(0).withHost("127.0.0.1");
  }

  /** Starts a further server; the caller closes it. */
  protected Server serve(ServerConfig config, Handler handler) {
    String[] specification = backend().split("\\+", 2);
    if (specification.length == 1) {
      return Backends.named(backend()).serve(config, handler);
    }
    if (backend().endsWith(OVER_UNIX)) {
      return UnixServer.start(Backends.named(specification[0]), config, handler);
    }
    Tls.Engine engine = Tls.Engine.valueOf(specification[1]);
    if (engine == Tls.Engine.OPENSSL) {
      Requirement.require(OpenSsl.unavailable().isEmpty(), "libssl.so.3");
    }
    Optional<Tls> own = config.listeners().getFirst().tls();
    Tls tls = own.orElseGet(() -> TestTls.shared().configuration(engine));
    ServerConfig secure = config.withTls(tls.withEngine(engine));
    return new TlsServer(Backends.named(specification[0]).serve(secure, handler));
  }

  protected Server server() {
    return server;
  }

  protected int port() {
    return server.port();
  }

  /** A new connection to the suite's server. */
  protected WireClient connect() throws IOException {
    return new WireClient(port());
  }
}
