package dev.leantea.blocking;

import dev.leantea.backend.Readiness;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.exchange.Application;
import dev.leantea.http.Handler;
import dev.leantea.http1.Http1Protocol;
import dev.leantea.server.JvmPreparation;
import dev.leantea.server.Listeners;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running server.
 *
 * <ol>
 *   <li>{@link #start} binds every listener before the first accepts.
 *   <li>Acceptors hand connections to {@link #accepted}; each lives on its virtual thread.
 *   <li>{@link #close} lets the acceptors take what the kernel holds and end; the sweeper then ends
 *       idle connections, and at the drain limit all.
 * </ol>
 */
final class BlockingServer implements Server {
  private final ServerConfig config;
  private final Application application;
  private final List<Acceptor> acceptors;
  private final Sweeper sweeper;
  private final Set<BlockingConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread.Builder.OfVirtual threads = Thread.ofVirtual().name("leantea-blocking-", 0);
  private volatile boolean draining;

  private BlockingServer(ServerConfig config, Handler handler, List<Acceptor> acceptors) {
    this.config = config;
    this.application = new Application(handler, config.limits(), config.exchangeListener());
    this.acceptors = acceptors;
    this.sweeper = new Sweeper(connections, this::draining);
  }

  static BlockingServer start(ServerConfig config, Handler handler, int count) {
    var acceptors = new ArrayList<Acceptor>();
    try {
      InetSocketAddress address = config.address();
      JvmPreparation.await();
      Listeners.requireFree(address);
      for (int i = 0; i < count; i++) {
        var acceptor = Acceptor.bind(address, i);
        acceptors.add(acceptor);
        address = acceptor.address();
      }
    } catch (IOException e) {
      acceptors.forEach(Acceptor::abandon);
      throw Listeners.failure(config, e);
    } catch (RuntimeException | Error e) {
      acceptors.forEach(Acceptor::abandon);
      throw e;
    }
    var server = new BlockingServer(config, handler, List.copyOf(acceptors));
    server.sweeper.start();
    acceptors.forEach(acceptor -> acceptor.start(server));
    return server;
  }

  /** Takes a new connection from an acceptor. */
  void accepted(SocketChannel channel) {
    boolean admitted = open.incrementAndGet() <= config.limits().connections();
    threads.start(() -> run(channel, admitted));
  }

  private void run(SocketChannel channel, boolean admitted) {
    var connection =
        new BlockingConnection(
            channel,
            new Http1Protocol(application),
            admitted,
            config.limits().stallTimeout(),
            this::draining);
    connections.add(connection);
    try {
      connection.run();
    } finally {
      connections.remove(connection);
      open.decrementAndGet();
    }
  }

  boolean draining() {
    return draining;
  }

  @Override
  public InetSocketAddress address() {
    return acceptors.getFirst().address();
  }

  @Override
  public int connections() {
    return open.get();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (!draining) {
        config.readiness().ifPresent(Readiness::turnAway);
        // First: a client that is told to close comes back at once.
        acceptors.forEach(Acceptor::stop);
        draining = true;
        application.drain();
        drain();
        stopped.countDown();
      }
    }
  }

  private void drain() {
    long deadline = System.nanoTime() + config.limits().drainTimeout().toNanos();
    while (open.get() > 0 && System.nanoTime() < deadline) {
      pause();
    }
    connections.forEach(BlockingConnection::cut);
    while (open.get() > 0 && System.nanoTime() < deadline + TimeUnit.SECONDS.toNanos(2)) {
      pause(); // a handler that ignores its interrupt is left behind
    }
    sweeper.stop();
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void join() throws InterruptedException {
    stopped.await();
  }
}
