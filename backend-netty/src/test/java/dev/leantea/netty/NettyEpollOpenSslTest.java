package dev.leantea.netty;

import dev.leantea.conformance.HttpOverTlsContracts;
import dev.leantea.tls.Tls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isAvailable")
final class NettyEpollOpenSslTest extends HttpOverTlsContracts {
  static boolean isAvailable() {
    return NettyTransport.EPOLL.unavailable().isEmpty();
  }

  @AfterAll
  static void allBuffersWereReleased() {
    RecordingLeakDetector.requireNone();
  }

  @Override
  protected String backend() {
    return "netty:epoll";
  }

  @Override
  protected Tls.Engine engine() {
    return Tls.Engine.OPENSSL;
  }
}
