package dev.leantea.netty;

import dev.leantea.conformance.LoopContracts;
import org.junit.jupiter.api.AfterAll;

final class NettyNioContractTest extends LoopContracts {
  @AfterAll
  static void allBuffersWereReleased() {
    RecordingLeakDetector.requireNone();
  }

  @Override
  protected String backend() {
    return "netty:nio";
  }
}
