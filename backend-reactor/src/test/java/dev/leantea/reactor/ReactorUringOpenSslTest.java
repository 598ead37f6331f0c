package dev.leantea.reactor;

import dev.leantea.conformance.HttpOverTlsContracts;
import dev.leantea.tls.Tls;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isAvailable")
final class ReactorUringOpenSslTest extends HttpOverTlsContracts {
  static boolean isAvailable() {
    return IoUring.unavailable().isEmpty();
  }

  @Override
  protected String backend() {
    return "reactor:io_uring";
  }

  @Override
  protected Tls.Engine engine() {
    return Tls.Engine.OPENSSL;
  }
}
