package dev.leantea.reactor;

import dev.leantea.backend.Readiness;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.exchange.Application;
import dev.leantea.http.Handler;
import dev.leantea.http1.Http1Protocol;
import dev.leantea.loop.Watchdog;
import dev.leantea.reactor.Loop.EngineFactory;
import dev.leantea.server.JvmPreparation;
import dev.leantea.server.Listeners;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running server.
 *
 * @param application what the connections share
 * @param open connections of all loops together
 * @param readiness the check that fails before the drain
 */
record ReactorServer(
    List<Loop> loops, Application application, AtomicInteger open, Optional<Readiness> readiness)
    implements Server {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** A loop that is held by a handler, or has failed, is not waited for any longer. */
  private static final int STOP_SECONDS = 2;

  static ReactorServer start(
      ServerConfig config, Handler handler, int count, EngineFactory engines) {
    var loops = new ArrayList<Loop>();
    var open = new AtomicInteger();
    var application = new Application(handler, config.limits(), config.exchangeListener());
    try {
      InetSocketAddress address = config.address();
      JvmPreparation.await();
      Listeners.requireFree(address);
      for (int i = 0; i < count; i++) {
        var loop =
            new Loop(i, new Http1Protocol(application), config.limits(), open, engines, address);
        loops.add(loop);
        address = loop.address(); // port 0 was picked by the first
      }
      loops.forEach(Loop::start);
      Watchdog.start(config.holdLimit(), loops.stream().map(loop -> loop.carrier).toList());
    } catch (IOException e) {
      loops.forEach(Loop::abandon);
      throw Listeners.failure(config, e);
    } catch (RuntimeException | Error e) {
      loops.forEach(Loop::abandon);
      throw e;
    }
    return new ReactorServer(List.copyOf(loops), application, open, config.readiness());
  }

  @Override
  public InetSocketAddress address() {
    return loops.getFirst().address();
  }

  @Override
  public int connections() {
    return open.get();
  }

  @Override
  public void close() {
    readiness.filter(Readiness::isReady).ifPresent(Readiness::turnAway);
    stopAccepting();
    application.drain();
    loops.forEach(Loop::drain);
    try {
      join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * All listeners end before the first connection is told to close: its client comes back at once,
   * and a listener that is about to end would take it in and drop it.
   */
  private void stopAccepting() {
    var all = loops.stream().map(Loop::stopAccepting).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "a loop did not stop accepting", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void join() throws InterruptedException {
    for (Loop loop : loops) {
      loop.join();
    }
  }
}
