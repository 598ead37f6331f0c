package dev.leantea.reactor;

import dev.leantea.conformance.TlsContracts;

final class ReactorNioTlsTest extends TlsContracts {
  @Override
  protected String backend() {
    return "reactor:nio";
  }
}
