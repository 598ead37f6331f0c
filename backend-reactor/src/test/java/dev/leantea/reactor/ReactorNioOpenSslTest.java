package dev.leantea.reactor;

import dev.leantea.conformance.TlsContracts;
import dev.leantea.tls.Tls;

final class ReactorNioOpenSslTest extends TlsContracts {
  @Override
  protected String backend() {
    return "reactor:nio";
  }

  @Override
  protected Tls.Engine engine() {
    return Tls.Engine.OPENSSL;
  }
}
