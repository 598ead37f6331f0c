package dev.leantea.reactor;

import dev.leantea.conformance.LoopContracts;
import dev.leantea.conformance.MemoryContract;
import org.junit.jupiter.api.Nested;
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

  @Nested
  final class OutOfMemory extends MemoryContract {
    @Override
    protected String backend() {
      return ReactorUringContractTest.this.backend();
    }
  }
}
