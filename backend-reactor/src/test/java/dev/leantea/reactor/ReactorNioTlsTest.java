package dev.leantea.reactor;

import dev.leantea.conformance.HttpOverTlsContracts;
import dev.leantea.tls.Tls;

final class ReactorNioTlsTest extends HttpOverTlsContracts {
  @Override
  protected String backend() {
    return "reactor:nio";
  }

  @Override
  protected Tls.Engine engine() {
    return Tls.Engine.JDK;
  }
}
