package dev.leantea.netty;

import dev.leantea.conformance.Contracts;

final class NettyNioContractTest extends Contracts {
  @Override
  protected String backend() {
    return "netty:nio";
  }
}
