package dev.leantea.reactor;

import dev.leantea.conformance.Contracts;

final class ReactorNioContractTest extends Contracts {
  @Override
  protected String backend() {
    return "reactor:nio";
  }
}
