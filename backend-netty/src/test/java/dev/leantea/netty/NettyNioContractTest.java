package dev.leantea.netty;

import dev.leantea.conformance.Contracts;
import org.junit.jupiter.api.AfterAll;

final class NettyNioContractTest extends Contracts {
  @AfterAll
  static void allBuffersWereReleased() {
    RecordingLeakDetector.requireNone();
  }

  @Override
  protected String backend() {
    return "netty:nio";
  }
}
