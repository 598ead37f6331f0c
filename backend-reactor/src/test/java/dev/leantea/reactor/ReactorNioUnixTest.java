package dev.leantea.reactor;

import dev.leantea.conformance.UnixContracts;

final class ReactorNioUnixTest extends UnixContracts {
  @Override
  protected String backend() {
    return "reactor:nio";
  }
}
