package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.CompletedExchange;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Response;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a system without a balancing SO_REUSEPORT gets: it works on each. */
final class DealerTest {
  private static final int LOOPS = 3;
  private static final int CONNECTIONS = 30;

  private static final Handler LOOP =
      Handler.nonBlocking(_ -> Response.text(200, Thread.currentThread().getName()));

  private static Server start() {
    return ReactorServer.start(
        ServerConfig.of(0).withHost("127.0.0.1"),
        LOOP,
        LOOPS,
        NioEngine::open,
        Listening.FIRST_LOOP);
  }

  @Test
  void connections_areDealtOutInTurn() throws Exception {
    var clients = new ArrayList<WireClient>();
    try (Server server = start()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(new WireClient(server.port()));
      }
      List<String> loops = loops(clients);
      assertThat(server.connections()).isEqualTo(CONNECTIONS);
      assertThat(loops(clients)).as("a connection stays on its loop").isEqualTo(loops);
      assertThat(loops.stream().collect(Collectors.groupingBy(it -> it, Collectors.counting())))
          .containsOnly(
              Map.entry("leantea-loop-0", 10L),
              Map.entry("leantea-loop-1", 10L),
              Map.entry("leantea-loop-2", 10L));
    }
    for (WireClient client : clients) {
      client.expectEnd();
      client.close();
    }
  }

  @Test
  void connections_areDealtOutToLoopsThatNothingHolds() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a handler holds no loop");
    var released = new CountDownLatch(1);
    var held = new CountDownLatch(1);
    Handler routes = Router.builder().get("/", LOOP).get("/hold", _ -> hold(released)).build();
    ServerConfig config =
        ServerConfig.of(0).withHost("127.0.0.1").withExchangeListener(listener(held));
    try (Server server =
            ReactorServer.start(config, routes, LOOPS, NioEngine::open, Listening.FIRST_LOOP);
        var dealing = new WireClient(server.port());
        var holder = new WireClient(server.port())) {
      assertThat(loop(dealing)).isEqualTo("leantea-loop-0");
      holder.get("/hold");
      held.await();
      requireServed(server, released);
      assertThat(holder.read().text()).isEqualTo("released");
    }
  }

  private static ExchangeListener listener(CountDownLatch held) {
    return new ExchangeListener() {
      @Override
      public void completed(CompletedExchange exchange) {}

      @Override
      public void heldLoop(Method method, String route, Duration beside) {
        if (route.equals("/hold")) { // a first request that loads classes may hold one, too
          held.countDown();
        }
      }
    };
  }

  private static Response hold(CountDownLatch released) {
    while (released.getCount() > 0) {
      Thread.onSpinWait();
    }
    return Response.text(200, "released");
  }

  private static void requireServed(Server server, CountDownLatch released) throws IOException {
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        try (var client = new WireClient(server.port())) {
          assertThat(loop(client)).isNotEqualTo("leantea-loop-1");
        }
      }
    } finally {
      released.countDown();
    }
  }

  private static List<String> loops(List<WireClient> clients) throws IOException {
    var loops = new ArrayList<String>();
    for (WireClient client : clients) {
      loops.add(loop(client));
    }
    return loops;
  }

  /**
   * Asks again while handlers run beside the loops: the first ones load classes and hold a loop.
   */
  private static String loop(WireClient client) throws IOException {
    String thread = client.get("/").read().text();
    while (!thread.startsWith("leantea-loop-")) {
      thread = client.get("/").read().text();
    }
    return thread;
  }

  @Test
  void close_connectionsOnAllLoops_areDrained() throws Exception {
    Server server = start();
    try (var one = new WireClient(server.port());
        var two = new WireClient(server.port());
        var three = new WireClient(server.port())) {
      for (WireClient client : new WireClient[] {one, two, three}) {
        Reply reply = client.get("/").read();
        assertThat(reply.status()).isEqualTo(200);
      }
      server.close();
      one.expectEnd();
      two.expectEnd();
      three.expectEnd();
    }
    assertThatThrownBy(() -> new WireClient(server.port())).isInstanceOf(IOException.class);
  }

  @Test
  void forSystem_balancingPort_everyLoopListens() {
    assertThat(Listening.forSystem("Linux")).isEqualTo(Listening.EACH_LOOP);
    assertThat(Listening.forSystem("Mac OS X")).isEqualTo(Listening.FIRST_LOOP);
    assertThat(Listening.forSystem("Windows 11")).isEqualTo(Listening.FIRST_LOOP);
  }
}
