package dev.leantea.reactor;

import dev.leantea.conformance.LoopContracts;

final class ReactorNioContractTest extends LoopContracts {
  @Override
  protected String backend() {
    return "reactor:nio";
  }
}
