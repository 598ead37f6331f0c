package dev.leantea.netty;

import dev.leantea.conformance.Contracts;

final class NettyEpollContractTest extends Contracts {
  @Override
  protected String backend() {
    return "netty:epoll";
  }
}
