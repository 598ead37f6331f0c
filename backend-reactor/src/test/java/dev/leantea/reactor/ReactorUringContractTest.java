package dev.leantea.reactor;

import dev.leantea.conformance.LoopContracts;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isAvailable")
final class ReactorUringContractTest extends LoopContracts {
  static boolean isAvailable() {
    return IoUring.unavailable().isEmpty();
  }

  @Override
  protected String backend() {
    return "reactor:io_uring";
  }
}
