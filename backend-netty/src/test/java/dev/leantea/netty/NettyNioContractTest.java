package dev.leantea.netty;

import dev.leantea.conformance.LoopContracts;

final class NettyNioContractTest extends LoopContracts {
  @Override
  protected String backend() {
    return "netty:nio";
  }
}
