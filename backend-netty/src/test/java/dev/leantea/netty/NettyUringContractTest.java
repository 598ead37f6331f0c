package dev.leantea.netty;

import dev.leantea.conformance.Contracts;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isAvailable")
final class NettyUringContractTest extends Contracts {
  static boolean isAvailable() {
    return NettyTransport.IO_URING.unavailable().isEmpty();
  }

  @Override
  protected String backend() {
    return "netty:io_uring";
  }
}
