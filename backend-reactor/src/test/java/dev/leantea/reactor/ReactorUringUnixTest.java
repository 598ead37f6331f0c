package dev.leantea.reactor;

import dev.leantea.conformance.UnixContracts;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isAvailable")
final class ReactorUringUnixTest extends UnixContracts {
  static boolean isAvailable() {
    return IoUring.unavailable().isEmpty();
  }

  @Override
  protected String backend() {
    return "reactor:io_uring";
  }
}
