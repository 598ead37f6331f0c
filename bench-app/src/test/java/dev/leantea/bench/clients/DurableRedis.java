package dev.leantea.bench.clients;

import dev.leantea.bench.harness.server.ServerStarter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;

/** A Redis that can be killed and started again with what it had acknowledged. */
final class DurableRedis implements AutoCloseable {
  private final int port = ServerStarter.freePort();
  private final Path folder;
  private LocalServer server;

  private DurableRedis(Path folder) throws IOException {
    this.folder = folder;
    this.server = launch();
  }

  static DurableRedis start(Path folder) throws IOException {
    return new DurableRedis(folder);
  }

  private LocalServer launch() throws IOException {
    String options =
        "redis-server --bind 127.0.0.1 --save --appendonly yes --appendfsync always --port " + port;
    var words = new ArrayList<>(List.of(options.split(" ", -1)));
    words.add(words.indexOf("--save") + 1, "");
    words.addAll(List.of("--dir", folder.toString()));
    return LocalServer.start(port, words);
  }

  /** A client with a pool; the caller closes it. A pool without maxWait spins: see RedisTest. */
  RedisClient client() {
    var pool = new GenericObjectPoolConfig<Connection>();
    pool.setMaxTotal(8);
    pool.setMaxWait(Duration.ofSeconds(60));
    return RedisClient.builder().hostAndPort("127.0.0.1", port).poolConfig(pool).build();
  }

  void kill() throws IOException {
    server.kill();
  }

  void resume() throws IOException {
    server = launch();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
