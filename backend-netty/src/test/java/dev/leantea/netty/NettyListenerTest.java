package dev.leantea.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.server.AcceptFailures;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NettyListenerTest {
  private static final NettyTransport TRANSPORT = NettyTransport.best();

  private final EventLoopGroup acceptor = new MultiThreadIoEventLoopGroup(1, TRANSPORT.handlers());
  private final EventLoopGroup workers = new MultiThreadIoEventLoopGroup(1, TRANSPORT.handlers());
  private final NettyListener listener =
      new NettyListener(new AcceptFailures(), TRANSPORT, acceptor);

  private final AtomicInteger taken = new AtomicInteger();
  private final List<Socket> clients = new ArrayList<>();
  private int port;

  @BeforeEach
  void bind() throws IOException {
    var connections =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            listener.taken(channel);
            taken.incrementAndGet();
          }
        };
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var bound = (InetSocketAddress) listener.bind(loopback, workers, 1, connections);
    port = bound.getPort();
    listener.start();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    listener.closeNow();
    acceptor.shutdownGracefully().syncUninterruptibly();
    workers.shutdownGracefully().syncUninterruptibly();
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
  }

  /** Whatever the listener has begun is done. */
  private void awaitAcceptor() throws Exception {
    for (int i = 0; i < 3; i++) {
      acceptor.submit(() -> {}).get();
    }
  }

  /** The loop is held: what it cannot take up stays in the kernel, and takes no descriptors. */
  @Test
  void loopIsHeld_acceptsALimitedNumber_andTheOthersLater() throws Exception {
    var release = new CountDownLatch(1);
    workers.execute(() -> await(release));
    connect(NettyListener.MAX_UNTAKEN + 1);
    while (listener.untaken() <= NettyListener.MAX_UNTAKEN) {
      Thread.onSpinWait();
    }
    awaitAcceptor();
    int accepted = listener.untaken(); // one more, or what a transport accepts at once
    connect(100);
    awaitAcceptor();
    assertThat(listener.untaken()).isEqualTo(accepted);
    release.countDown();
    while (taken.get() < clients.size()) {
      Thread.onSpinWait();
    }
    assertThat(listener.untaken()).isZero();
  }

  /** They would else count for ever, and the listener would stop when there are many. */
  @Test
  void loopRefusesConnections_theyAreClosedAndNotCounted() throws Exception {
    workers.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    connect(10);
    for (Socket client : clients) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    awaitAcceptor();
    assertThat(listener.untaken()).isZero();
  }

  /** Again and again, at the limit: no change of the number is missed, so it does not stop. */
  @Test
  void loopIsBusy_acceptsAll() throws Exception {
    for (int i = 0; i < 3; i++) {
      var release = new CountDownLatch(1);
      workers.execute(() -> await(release));
      connect(NettyListener.MAX_UNTAKEN + 50);
      release.countDown();
      connect(NettyListener.MAX_UNTAKEN);
    }
    while (taken.get() < clients.size()) {
      Thread.onSpinWait();
    }
    assertThat(listener.untaken()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
