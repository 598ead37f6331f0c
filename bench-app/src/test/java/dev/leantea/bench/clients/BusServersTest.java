package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bus.Bus;
import dev.leantea.bus.RedisBus;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Event;
import dev.leantea.sse.Sse;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.Room;
import dev.leantea.websocket.WebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** Events and rooms of two servers on one bus. */
@Timeout(120)
final class BusServersTest {
  @TempDir private static Path folder;
  private static DurableRedis redis;

  @BeforeAll
  static void start() throws Exception {
    redis = DurableRedis.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (redis != null) {
      redis.close();
    }
  }

  /** One instance of an application. */
  private record Instance(RedisClient client, Bus bus, Broadcast news, Room chat, Server server)
      implements AutoCloseable {
    static Instance start(String backend) {
      RedisClient client = redis.client();
      var bus = new RedisBus(client, backend + ":", 100);
      var news = new Broadcast(100, Broadcast.Overflow.DISCONNECT, bus, "news");
      var chat = new Room(100, Room.Overflow.DISCONNECT, bus, "chat");
      news.publish(Event.of(EventClient.STARTING));
      chat.publish(EventClient.STARTING);
      Router routes =
          Router.builder()
              .get("/news", request -> Sse.events(news.resume(request)))
              .post(
                  "/news",
                  request -> {
                    news.publish(Event.of(request.text()));
                    return Response.empty(204);
                  })
              .get("/chat", request -> WebSocket.accept(request, socket -> talk(chat, socket)))
              .build();
      ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
      return new Instance(client, bus, news, chat, Backends.named(backend).serve(config, routes));
    }

    private static void talk(Room chat, WebSocket socket) throws IOException {
      try (var _ = chat.join(socket)) {
        for (Message message; (message = socket.receive()) != null; ) {
          chat.publish(message);
        }
      }
    }

    @Override
    public void close() {
      news.close();
      chat.close();
      server.close();
      bus.close();
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void client_thatIsCutOff_goesOnAtTheOtherServer(String backend) throws Exception {
    try (Instance first = Instance.start(backend);
        Instance second = Instance.start(backend);
        var there = new EventClient(second.server().port(), "/news", "")) {
      first.news().publish(Event.of("0"));
      assertThat(there.next()).isEqualTo("0");
      String last = "";
      for (int i = 1; i <= 20; i++) {
        Instance instance = i % 2 == 0 ? first : second;
        try (var client = new EventClient(instance.server().port(), "/news", last)) {
          if (last.isEmpty()) {
            client.awaitId();
          }
          // Of two, it sees one before it is cut off; the other is there when it comes back.
          first.news().publish(Event.of("" + (2 * i - 1)));
          second.news().publish(Event.of("" + 2 * i));
          assertThat(client.next()).isEqualTo("" + i);
          last = client.lastId();
        }
      }
      for (int i = 1; i <= 40; i++) {
        assertThat(there.next()).isEqualTo("" + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void room_hasTheMembersOfBothServers(String backend) throws Exception {
    try (Instance first = Instance.start(backend);
        Instance second = Instance.start(backend);
        HttpClient http = HttpClient.newHttpClient()) {
      try {
        var ada = new Member();
        var bob = new Member();
        var atFirst = ada.join(http, first.server().port());
        var atSecond = bob.join(http, second.server().port());
        while (first.chat().members() + second.chat().members() < 2) {
          Thread.onSpinWait();
        }
        atFirst.sendText("hello from ada", true).join();
        assertThat(bob.next()).isEqualTo("hello from ada");
        atSecond.sendText("hello from bob", true).join();
        assertThat(ada.next() + ", " + ada.next()).isEqualTo("hello from ada, hello from bob");
        assertThat(bob.next()).isEqualTo("hello from bob");
      } finally {
        http.shutdownNow(); // else close waits for the WebSockets
      }
    }
  }

  private static final class Member implements java.net.http.WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    java.net.http.WebSocket join(HttpClient http, int port) {
      URI uri = URI.create("ws://127.0.0.1:" + port + "/chat");
      return http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    @Override
    public CompletionStage<?> onText(
        java.net.http.WebSocket socket, CharSequence text, boolean last) {
      if (!text.toString().equals(EventClient.STARTING)) {
        texts.add(text.toString());
      }
      socket.request(1);
      return null;
    }

    String next() throws InterruptedException {
      return String.valueOf(texts.poll(60, TimeUnit.SECONDS));
    }
  }
}
