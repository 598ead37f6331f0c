package dev.leantea.reactor;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.reactor.Loop.EngineFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running server.
 *
 * @param open connections of all loops together
 */
record ReactorServer(List<Loop> loops, AtomicInteger open) implements Server {
  static ReactorServer start(
      ServerConfig config, Handler handler, int count, EngineFactory engines) {
    var loops = new ArrayList<Loop>();
    var open = new AtomicInteger();
    try {
      InetSocketAddress address = config.address();
      for (int i = 0; i < count; i++) {
        var loop = new Loop(i, handler, config.limits(), open, engines, address);
        loops.add(loop);
        address = loop.address(); // port 0 was picked by the first
      }
    } catch (IOException e) {
      loops.forEach(Loop::abandon);
      throw new UncheckedIOException(
          "cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
    }
    loops.forEach(Loop::start);
    return new ReactorServer(List.copyOf(loops), open);
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
    loops.forEach(Loop::drain);
    try {
      join();
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
