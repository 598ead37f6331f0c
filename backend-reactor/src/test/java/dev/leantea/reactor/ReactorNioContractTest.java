package dev.leantea.reactor;

import dev.leantea.conformance.LoopContracts;
import dev.leantea.conformance.MemoryContract;
import org.junit.jupiter.api.Nested;

final class ReactorNioContractTest extends LoopContracts {
  @Override
  protected String backend() {
    return "reactor:nio";
  }

  @Nested
  final class OutOfMemory extends MemoryContract {
    @Override
    protected String backend() {
      return ReactorNioContractTest.this.backend();
    }
  }
}
