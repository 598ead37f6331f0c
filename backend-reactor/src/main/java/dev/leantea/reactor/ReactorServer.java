package dev.leantea.reactor;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.exchange.Application;
import dev.leantea.http.Handler;
import dev.leantea.loop.Carrier;
import dev.leantea.loop.HoldSampler;
import dev.leantea.loop.Watchdog;
import dev.leantea.reactor.Loop.EngineFactory;
import dev.leantea.server.Lifecycle;
import dev.leantea.server.ServerEngine;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/** The loops of a server, and which of them has which listener. */
final class ReactorServer implements ServerEngine {
  private final Lifecycle server;
  private final Application application;
  private final int count;
  private final EngineFactory engines;
  private final Listening listening;
  private final List<Loop> loops = new ArrayList<>();

  private ReactorServer(
      Lifecycle server, Handler handler, int count, EngineFactory engines, Listening listening) {
    this.server = server;
    ServerConfig config = server.config();
    this.application = new Application(handler, config.limits(), config.exchangeListener());
    this.count = count;
    this.engines = engines;
    this.listening = listening;
  }

  /** Starts a server on a system that balances. */
  static Server start(ServerConfig config, Handler handler, int count, EngineFactory engines) {
    return start(config, handler, count, engines, Listening.EACH_LOOP);
  }

  static Server start(
      ServerConfig config, Handler handler, int count, EngineFactory engines, Listening listening) {
    var server = new Lifecycle(config);
    return server.start(new ReactorServer(server, handler, count, engines, listening));
  }

  @Override
  public void open() throws IOException {
    for (int i = 0; i < count; i++) {
      loops.add(new Loop(i, server, server.protocols(application), engines));
    }
  }

  @Override
  public SocketAddress bind(int number, SocketAddress address) throws IOException {
    return switch (listening.on(address)) {
      case EACH_LOOP -> bindEach(number, address);
      case FIRST_LOOP -> {
        var dealer = new Dealer(loops);
        yield loops.getFirst().engine().listen(number, address, dealer::next);
      }
    };
  }

  private SocketAddress bindEach(int number, SocketAddress address) throws IOException {
    SocketAddress bound = address;
    for (Loop loop : loops) {
      bound = loop.engine().listen(number, bound, loop::engine); // the first one picks the port
    }
    return bound;
  }

  @Override
  public void start() {
    loops.forEach(loop -> loop.carrier.whileHeld(() -> acceptFor(loop)));
    loops.forEach(Loop::start);
    List<Carrier> carriers = loops.stream().map(loop -> loop.carrier).toList();
    Watchdog.start(server.config().holdLimit(), carriers);
    HoldSampler.start(carriers);
  }

  /** New connections of a loop that is held go to one that is not. The sampler's thread. */
  private void acceptFor(Loop held) {
    List<Loop> free = loops.stream().filter(loop -> !loop.carrier.isHeld()).toList();
    if (!free.isEmpty()) {
      held.acceptFor(free.get(ThreadLocalRandom.current().nextInt(free.size())));
    }
  }

  @Override
  public void abandon() {
    loops.forEach(Loop::abandon);
  }

  @Override
  public CompletableFuture<?> stopAccepting() {
    return CompletableFuture.allOf(
        loops.stream().map(Loop::stopAccepting).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public void drain() {
    loops.forEach(Loop::drain);
    application.drain();
  }

  @Override
  public void stop() {
    loops.forEach(Loop::stop);
  }

  @Override
  public boolean isStopped() {
    return loops.stream().noneMatch(Loop::isAlive);
  }

  @Override
  public void closeByForce() {
    loops.stream().filter(Loop::isAlive).forEach(Loop::closeByForce);
  }
}
