package dev.leantea.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.TimelessListener;
import dev.leantea.server.Lifecycle;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Two threads on one connection: its own one waits for input, another one writes. */
class BlockingConnectionTest {
  private final CountDownLatch gathered = new CountDownLatch(1);
  private final CountDownLatch waited = new CountDownLatch(1);
  private final CountDownLatch looked = new CountDownLatch(1);

  /** At the first byte another thread writes, and this one waits for the second byte. */
  private final class Waiting extends TimelessListener implements Protocol {
    private Wire wire;
    private Owner owner;
    private boolean begun;

    @SuppressWarnings("NullAway.Init") // connect comes first
    Waiting() {}

    @Override
    public WireListener connect(Wire ofConnection, Owner ofWire) {
      wire = ofConnection;
      owner = ofWire;
      return this;
    }

    @Override
    public WireListener refuse(Wire ofConnection, Owner ofWire) {
      return connect(ofConnection, ofWire);
    }

    @Override
    public void received(byte[] bytes, int from, int to) {
      if (begun) {
        return;
      }
      begun = true;
      Thread writer = Thread.startVirtualThread(() -> owner.execute(this::write));
      await(gathered);
      awaitInput();
      waited.countDown();
      join(writer);
      wire.close();
    }

    private void awaitInput() {
      try {
        wire.awaitInput();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void write() {
      wire.send(new byte[] {'a'}, 0, 1);
      gathered.countDown();
      await(looked);
      wire.send(new byte[] {'b'}, 0, 1);
      wire.flush();
    }

    @Override
    public void endOfInput() {
      wire.close();
    }

    @Override
    public void sent() {}

    @Override
    public void broken() {}
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void awaitInput_whileAnotherThreadWrites_leavesTheBytesToThatThread() throws Exception {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var listener = ServerSocketChannel.open().bind(loopback);
        var client = new Socket(loopback.getAddress(), listener.socket().getLocalPort());
        var accepted = listener.accept()) {
      client.setSoTimeout(30_000);
      Thread server = Thread.startVirtualThread(() -> serve(accepted));
      client.getOutputStream().write('1');
      await(gathered);
      client.getOutputStream().write('2');
      await(waited);
      assertThat(client.getInputStream().available()).isZero();
      looked.countDown();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("ab");
      server.join();
    }
  }

  private void serve(SocketChannel channel) {
    var work = new Lifecycle(ServerConfig.of(0)).work();
    new BlockingConnection(
            channel,
            new Waiting(),
            true,
            Duration.ofSeconds(30),
            new BlockingThreads(work),
            () -> false)
        .run();
  }
}
