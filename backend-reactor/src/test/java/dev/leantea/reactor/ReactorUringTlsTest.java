package dev.leantea.reactor;

import dev.leantea.conformance.TlsContracts;
import dev.leantea.tls.Tls;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isAvailable")
final class ReactorUringTlsTest extends TlsContracts {
  static boolean isAvailable() {
    return IoUring.unavailable().isEmpty();
  }

  @Override
  protected String backend() {
    return "reactor:io_uring";
  }

  @Override
  protected Tls.Engine engine() {
    return Tls.Engine.JDK;
  }
}
