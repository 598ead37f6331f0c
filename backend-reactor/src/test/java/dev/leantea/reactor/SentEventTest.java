package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.TimelessListener;
import dev.leantea.reactor.Loop.EngineFactory;
import dev.leantea.server.Lifecycle;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@link WireListener#sent} means progress: a stalled peer's deadline depends on it. */
class SentEventTest {
  private static final int MORE_THAN_A_SOCKET_TAKES = 64 * 1024 * 1024;

  private final Semaphore received = new Semaphore(0);
  private final AtomicInteger withoutProgress = new AtomicInteger();

  /** Sends more than the peer reads, then flushes for each byte that comes. */
  private final class Flushing extends TimelessListener {
    private final Wire wire;
    private long unsent;

    Flushing(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void received(byte[] bytes, int from, int to) {
      if (unsent == 0) {
        wire.sendWhole(new byte[MORE_THAN_A_SOCKET_TAKES]);
        unsent = wire.unsent();
      }
      wire.flush();
      received.release(to - from);
    }

    @Override
    public void sent() {
      if (wire.unsent() == unsent) {
        withoutProgress.incrementAndGet();
      }
      unsent = wire.unsent();
    }

    @Override
    public void endOfInput() {
      wire.close();
    }

    @Override
    public void broken() {
      wire.close();
    }
  }

  private final class FlushingProtocol implements Protocol {
    @Override
    public WireListener connect(Wire wire, Owner owner) {
      return new Flushing(wire);
    }

    @Override
    public WireListener refuse(Wire wire, Owner owner) {
      return new Flushing(wire);
    }
  }

  @Test
  void nio_flushesThatTheSocketTakesNothingOf_areNotReported() throws Exception {
    sendToAClientThatReadsNothing(NioEngine::open);
  }

  @Test
  void uring_flushesThatTheSocketTakesNothingOf_areNotReported() throws Exception {
    assumeTrue(IoUring.unavailable().isEmpty(), () -> IoUring.unavailable().orElse(""));
    sendToAClientThatReadsNothing(UringEngine::open);
  }

  private void sendToAClientThatReadsNothing(EngineFactory engines) throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = new Lifecycle(ServerConfig.of(0));
    var loop = new Loop(0, server, List.of(new FlushingProtocol()), engines);
    var bound = (InetSocketAddress) loop.engine().listen(0, address, loop::engine);
    loop.start();
    try (var client = new Socket(bound.getAddress(), bound.getPort())) {
      for (int i = 0; i < 10; i++) { // each byte's flush is done when the next one has come
        client.getOutputStream().write(1);
        assertThat(received.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(withoutProgress).hasValue(0);
    } finally {
      loop.stop();
      while (loop.isAlive()) {
        Thread.onSpinWait();
      }
    }
  }
}
