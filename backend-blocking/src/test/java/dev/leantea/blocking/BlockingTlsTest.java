package dev.leantea.blocking;

import dev.leantea.conformance.TlsContracts;

final class BlockingTlsTest extends TlsContracts {
  @Override
  protected String backend() {
    return "blocking";
  }
}
