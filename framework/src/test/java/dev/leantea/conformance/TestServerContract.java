package dev.leantea.conformance;

import dev.leantea.backend.Backends;
import dev.leantea.http.Handler;
import dev.leantea.testing.TestServer;

/** The test server over sockets; {@code TestServerTest} has it in memory. */
public abstract class TestServerContract extends TestServerScenes {
  /** What a user would type: {@code reactor:nio}. */
  protected abstract String backend();

  @Override
  protected TestServer start(Handler handler) {
    return TestServer.start(Backends.named(backend()), handler);
  }
}
