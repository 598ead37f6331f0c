package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.server.PostgresCluster;
import dev.leantea.bus.Bus;
import dev.leantea.bus.PostgresBus;
import dev.leantea.bus.RedisBus;
import dev.leantea.conformance.Requirement;
import dev.leantea.routing.Router;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Event;
import dev.leantea.sse.Sse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** 5 000 subscribers on two servers: each receives each event once, in order. */
@Timeout(180)
final class BusSubscribersTest {
  private static final int SUBSCRIBERS = 5_000;
  private static final int EVENTS = 20;

  @TempDir private Path folder;
  private final CountDownLatch connected = new CountDownLatch(SUBSCRIBERS);
  private final CountDownLatch complete = new CountDownLatch(SUBSCRIBERS);
  private final AtomicLong failures = new AtomicLong();

  @Test
  void redis() throws Exception {
    try (DurableRedis redis = DurableRedis.start(folder);
        RedisClient first = redis.client();
        RedisClient second = redis.client();
        Bus here = new RedisBus(first, 100);
        Bus there = new RedisBus(second, 100)) {
      run("Redis", here, there);
    }
  }

  @Test
  void postgres() throws Exception {
    Requirement.require(PostgresCluster.isInstalled(), "postgresql");
    try (Cleanup cleanup = Cleanup.install()) {
      PostgresCluster postgres = PostgresCluster.start(cleanup, "");
      try (HikariDataSource first = PostgresBusTest.pool(postgres);
          HikariDataSource second = PostgresBusTest.pool(postgres);
          var here = new PostgresBus(first, 100);
          Bus there = new PostgresBus(second, 100)) {
        here.createTables();
        run("PostgreSQL", here, there);
      }
    }
  }

  private void run(String name, Bus here, Bus there) throws Exception {
    try (var news = broadcast(here);
        var newsThere = broadcast(there);
        Server first = serve(news);
        Server second = serve(newsThere)) {
      for (int i = 0; i < SUBSCRIBERS; i++) {
        int port = (i % 2 == 0 ? first : second).port();
        var _ = Thread.startVirtualThread(() -> subscribe(port));
      }
      connected.await();
      long start = System.nanoTime();
      for (int i = 0; i < EVENTS; i++) {
        (i % 2 == 0 ? news : newsThere).publish(Event.of("" + i));
      }
      complete.await();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      System.out.printf(
          "%s: %d events to each of %d subscribers on two servers in %d ms, %d failures%n",
          name, EVENTS, SUBSCRIBERS, millis, failures.get());
      assertThat(failures).hasValue(0);
    }
  }

  private static Broadcast broadcast(Bus bus) {
    var news = new Broadcast(100, Broadcast.Overflow.DISCONNECT, bus, "news");
    news.publish(Event.of(EventClient.STARTING));
    return news;
  }

  private static Server serve(Broadcast news) {
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
    var routes = Router.builder().get("/news", request -> Sse.events(news.resume(request)));
    return Backends.named("reactor:1").serve(config, routes.build());
  }

  private void subscribe(int port) {
    try (var client = new EventClient(port, "/news", "")) {
      client.awaitId();
      connected.countDown();
      for (int i = 0; i < EVENTS; i++) {
        if (!client.next().equals("" + i)) {
          failures.incrementAndGet();
        }
      }
    } catch (Exception e) {
      failures.incrementAndGet();
      connected.countDown();
    } finally {
      complete.countDown();
    }
  }
}
