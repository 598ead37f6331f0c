package dev.leantea.blocking;

import dev.leantea.conformance.TlsContracts;
import dev.leantea.tls.Tls;

final class BlockingOpenSslTest extends TlsContracts {
  @Override
  protected String backend() {
    return "blocking";
  }

  @Override
  protected Tls.Engine engine() {
    return Tls.Engine.OPENSSL;
  }
}
