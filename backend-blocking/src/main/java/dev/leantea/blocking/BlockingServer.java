package dev.leantea.blocking;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.exchange.Application;
import dev.leantea.http.Handler;
import dev.leantea.loop.FailureLog;
import dev.leantea.server.Lifecycle;
import dev.leantea.server.ServerEngine;
import dev.leantea.server.Work;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The acceptors of a server, and a virtual thread for each connection. */
final class BlockingServer implements ServerEngine {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Lifecycle server;
  private final Application application;
  private final int count;
  private final Work work;
  private final List<Acceptor> acceptors = new ArrayList<>();
  private final Set<BlockingConnection> connections = ConcurrentHashMap.newKeySet();
  private final Sweeper sweeper;
  private final BlockingThreads threads;

  private BlockingServer(Lifecycle server, Handler handler, int count) {
    this.server = server;
    ServerConfig config = server.config();
    this.application = new Application(handler, config.limits(), config.exchangeListener());
    this.count = count;
    this.work = server.work();
    this.threads = new BlockingThreads(work);
    this.sweeper = new Sweeper(connections, server::draining);
  }

  static Server start(ServerConfig config, Handler handler, int count) {
    var server = new Lifecycle(config);
    return server.start(new BlockingServer(server, handler, count));
  }

  @Override
  public void open() {
    // Each listener has its own threads.
  }

  @Override
  public SocketAddress bind(int number, SocketAddress address) throws IOException {
    SocketAddress bound = address;
    int needed = address instanceof UnixDomainSocketAddress ? 1 : count;
    for (int i = 0; i < needed; i++) {
      var acceptor =
          Acceptor.bind(
              bound,
              acceptors.size(),
              server.acceptFailures(),
              channel -> accepted(channel, number));
      acceptors.add(acceptor);
      bound = acceptor.address(); // port 0 was picked by the first
    }
    return bound;
  }

  @Override
  public void start() {
    sweeper.start();
    acceptors.forEach(Acceptor::start);
  }

  @Override
  public void abandon() {
    acceptors.forEach(Acceptor::abandon);
    sweeper.stop();
  }

  /** A connection and its thread. Called by any acceptor. */
  private void accepted(SocketChannel channel, int listener) {
    boolean admitted = work.connectionOpened();
    try {
      threads.startConnection(() -> serve(channel, listener, admitted));
    } catch (RuntimeException | Error e) {
      work.connectionClosed();
      throw e;
    }
  }

  /** Closes the channel in the end, whatever fails. */
  private void serve(SocketChannel channel, int listener, boolean admitted) {
    try (channel) {
      run(newConnection(channel, listener, admitted));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed", e);
    } catch (RuntimeException | Error e) {
      FailureLog.error("a connection", "failed", e);
    } finally {
      work.connectionClosed();
    }
  }

  private void run(BlockingConnection connection) {
    connections.add(connection);
    try {
      connection.run();
    } finally {
      connections.remove(connection);
    }
  }

  private BlockingConnection newConnection(SocketChannel channel, int listener, boolean admitted) {
    return new BlockingConnection(
        channel,
        server.protocol(application, listener),
        admitted,
        server.config().limits().stallTimeout(),
        threads,
        server::draining);
  }

  @Override
  public CompletableFuture<?> stopAccepting() {
    return CompletableFuture.allOf(
        acceptors.stream().map(Acceptor::stop).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public void drain() {
    work.drainBegun(); // the sweeper sees it
    application.drain();
  }

  @Override
  public void stop() {
    connections.forEach(BlockingConnection::cut);
    sweeper.stop();
  }

  @Override
  public boolean isStopped() {
    return !sweeper.isAlive() && acceptors.stream().noneMatch(Acceptor::isAlive);
  }

  @Override
  public void closeByForce() {
    // No handler runs on an acceptor or on the sweeper, and the sockets were closed by stop.
  }
}
