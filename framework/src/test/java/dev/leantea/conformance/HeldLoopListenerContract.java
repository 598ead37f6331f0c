package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.CompletedExchange;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Response;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that a handler holds: the listener is notified, and new connections go to other loops. */
@Timeout(60)
public abstract class HeldLoopListenerContract extends ServerContract {
  /** Enough that each loop would get some. */
  private static final int CLIENTS = 32;

  private final LinkedBlockingQueue<String> held = new LinkedBlockingQueue<>();

  private final class Listener implements ExchangeListener {
    @Override
    public void completed(CompletedExchange exchange) {}

    @Override
    public void heldLoop(Method method, String route, Duration beside) {
      if (route.startsWith("/hold")) { // a first request that loads classes may hold one, too
        held.add(method + " " + route + " " + beside);
      }
    }
  }

  private static Handler routes(CountDownLatch released) {
    return Router.builder()
        .get("/hold/{id}", _ -> hold(released))
        .get("/other", nonBlocking(_ -> Response.text(200, "served")))
        .build();
  }

  private static Response hold(CountDownLatch released) {
    while (released.getCount() > 0) {
      Thread.onSpinWait();
    }
    return Response.text(200, "released");
  }

  @Test
  void newConnections_whileALoopIsHeld_areServedByOthers() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a handler holds no loop");
    var released = new CountDownLatch(1);
    ServerConfig config = onLoopback().withExchangeListener(new Listener());
    try (Server server = Backends.named(backend() + ":2").serve(config, routes(released));
        var holder = new WireClient(server.port())) {
      holder.get("/hold/1");
      assertThat(held.take()).isEqualTo("GET /hold/{id} PT1S");
      requireServed(server, released);
      assertThat(holder.read().text()).isEqualTo("released");
    }
    assertThat(held).isEmpty();
  }

  private static void requireServed(Server server, CountDownLatch released) throws IOException {
    try {
      for (int i = 0; i < CLIENTS; i++) {
        requireServed(server);
      }
    } finally {
      released.countDown();
    }
  }

  private static void requireServed(Server server) throws IOException {
    try (var client = new WireClient(server.port())) {
      assertThat(client.get("/other").read().text()).isEqualTo("served");
    }
  }
}
