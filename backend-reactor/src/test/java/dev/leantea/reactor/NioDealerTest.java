package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a system without a balancing SO_REUSEPORT gets: it works on each. */
final class NioDealerTest {
  private static final int LOOPS = 3;
  private static final int CONNECTIONS = 30;

  private static Server start() {
    Handler loop = Handler.nonBlocking(_ -> Response.text(200, Thread.currentThread().getName()));
    return ReactorServer.start(
        ServerConfig.of(0).withHost("127.0.0.1"), loop, LOOPS, new NioDealer());
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

  private static List<String> loops(List<WireClient> clients) throws IOException {
    var loops = new ArrayList<String>();
    for (WireClient client : clients) {
      loops.add(client.get("/").read().text());
    }
    return loops;
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
    assertThat(NioDealer.forSystem("Linux")).isNotInstanceOf(NioDealer.class);
    assertThat(NioDealer.forSystem("Mac OS X")).isInstanceOf(NioDealer.class);
    assertThat(NioDealer.forSystem("Windows 11")).isInstanceOf(NioDealer.class);
  }
}
