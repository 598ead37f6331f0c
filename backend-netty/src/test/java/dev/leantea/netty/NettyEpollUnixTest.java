package dev.leantea.netty;

import dev.leantea.conformance.UnixContracts;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isAvailable")
final class NettyEpollUnixTest extends UnixContracts {
  static boolean isAvailable() {
    return NettyTransport.EPOLL.unavailable().isEmpty();
  }

  @Override
  protected String backend() {
    return "netty:epoll";
  }
}
