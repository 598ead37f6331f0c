package dev.leantea.blocking;

import dev.leantea.conformance.UnixContracts;

final class BlockingUnixTest extends UnixContracts {
  @Override
  protected String backend() {
    return "blocking";
  }
}
