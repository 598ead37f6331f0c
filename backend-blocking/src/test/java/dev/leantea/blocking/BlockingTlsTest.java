package dev.leantea.blocking;

import dev.leantea.conformance.HttpOverTlsContracts;
import dev.leantea.tls.Tls;

final class BlockingTlsTest extends HttpOverTlsContracts {
  @Override
  protected String backend() {
    return "blocking";
  }

  @Override
  protected Tls.Engine engine() {
    return Tls.Engine.JDK;
  }
}
