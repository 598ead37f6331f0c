package dev.leantea.conformance;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.tls.Tls;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A suite against one running server of the backend under test. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class ServerContract {
  /** Behind a specification: all servers of the suite speak TLS, and the clients too. */
  static final String OVER_TLS = "+tls";

  @SuppressWarnings("NullAway.Init") // JUnit calls startServer first
  private Server server;

  /** What a user would type: {@code reactor:nio}. */
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
    if (!backend().endsWith(OVER_TLS)) {
      return Backends.named(backend()).serve(config, handler);
    }
    String name = backend().substring(0, backend().length() - OVER_TLS.length());
    Tls tls = config.tls().orElseGet(() -> Tls.context(TestTls.shared().context()));
    return new TlsServer(Backends.named(name).serve(config.withTls(tls), handler));
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
