package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.net.LoopSocketFactory;
import dev.leantea.routing.Router;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A suite about sockets that handlers use, and others too. */
public abstract class SocketSuite extends ServerContract {
  /** What runs a task. */
  enum On {
    PLATFORM_THREAD,
    VIRTUAL_THREAD,
    HANDLER
  }

  private static final int MAX_TASKS = 500;

  final LoopSocketFactory factory = new LoopSocketFactory();

  private final AtomicInteger started = new AtomicInteger();

  /** What the next handler does. */
  private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();

  /** A route is used once: when one has held its loop, it runs beside the loop from then on. */
  @Override
  protected Handler application() {
    Router.Builder routes = Router.builder();
    for (int i = 0; i < MAX_TASKS; i++) {
      routes.get("/" + i, _ -> runNextTask());
    }
    return routes.build();
  }

  private Response runNextTask() throws InterruptedException {
    tasks.take().run();
    return Response.text(200, "done");
  }

  /** Whether a handler's wait for a loop socket is an operation of its loop. */
  boolean waitsInLoop() {
    return backend().startsWith("reactor") && CarriedThreads.available();
  }

  <T> T run(On on, Callable<T> task) throws Exception {
    var running = new FutureTask<>(task);
    switch (on) {
      case PLATFORM_THREAD -> Thread.ofPlatform().start(running);
      case VIRTUAL_THREAD -> Thread.ofVirtual().start(running);
      case HANDLER -> runInHandler(port(), running);
    }
    return running.get();
  }

  /** Has a handler of a server run a task. */
  void runInHandler(int port, FutureTask<?> task) throws Exception {
    tasks.put(task);
    try (var client = new WireClient(port)) {
      client.get("/" + started.getAndIncrement());
      assertThat(client.read().text()).isEqualTo("done");
    }
  }
}
