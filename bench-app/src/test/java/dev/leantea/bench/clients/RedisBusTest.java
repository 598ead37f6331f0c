package dev.leantea.bench.clients;

import dev.leantea.bus.Bus;
import dev.leantea.bus.RedisBus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** Streams of a real Redis that writes each message to its disk. */
final class RedisBusTest extends BusSuite {
  @TempDir private Path folder;
  private DurableRedis redis;
  private final List<RedisClient> clients = new ArrayList<>();

  @BeforeEach
  void startServer() throws Exception {
    redis = DurableRedis.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    clients.forEach(RedisClient::close);
    redis.close();
  }

  @Override
  Bus open(int retained) {
    RedisClient client = redis.client();
    clients.add(client);
    return new RedisBus(client, retained);
  }

  @Override
  void kill() throws Exception {
    redis.kill();
  }

  @Override
  void start() throws Exception {
    redis.resume();
  }
}
