package dev.leantea.blocking;

import dev.leantea.conformance.Contracts;

final class BlockingContractTest extends Contracts {
  @Override
  protected String backend() {
    return "blocking";
  }
}
