package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.bench.clients.Requests.Answer;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Jedis over loop sockets, in handlers of every backend, with a real Redis. */
@Timeout(120)
final class RedisTest {
  private static LocalServer redis;

  @BeforeAll
  static void start() throws Exception {
    redis = LocalServer.redis();
  }

  @AfterAll
  static void stop() throws Exception {
    if (redis != null) {
      redis.close();
    }
  }

  /**
   * The pool needs a maxWait: without one, commons-pool2 (2.12 to 2.13.1) spins while another
   * thread makes a connection, and virtual threads that spin keep the threads that would run the
   * other.
   */
  private static RedisClient client() {
    var pool = new GenericObjectPoolConfig<Connection>();
    pool.setMaxTotal(4);
    pool.setMaxWait(Duration.ofSeconds(60));
    JedisSocketFactory sockets = RedisTest::connect;
    JedisClientConfig config = DefaultJedisClientConfig.builder().build();
    var connections = new ConnectionFactory(sockets, config);
    return RedisClient.builder()
        .connectionProvider(new PooledConnectionProvider(connections, pool))
        .build();
  }

  private static Socket connect() {
    try {
      return new LoopSocketFactory().createSocket("127.0.0.1", redis.port());
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:2", "reactor:nio:2", "netty:2", "blocking"})
  void commands_ofManyHandlers_areAnsweredEachWithItsOwn(String backend) throws Exception {
    try (RedisClient redisClient = client();
        Server server =
            Requests.serve(
                backend,
                request -> {
                  redisClient.set(request.path(), request.path());
                  return Response.text(200, redisClient.get(request.path()));
                })) {
      assertThat(Requests.ask(server, 32, 20)).hasSize(640).allMatch(Answer::isOwn);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void blockingCommand_waitsForAnotherHandlersCommand(String backend) throws Exception {
    try (RedisClient redisClient = client();
        Server server =
            Requests.serve(
                backend,
                request ->
                    Response.text(
                        200,
                        request.path().equals("/pop")
                            ? redisClient.blpop(60, backend).getLast()
                            : "" + redisClient.rpush(backend, "pushed")));
        var popping = new WireClient(server.port());
        var pushing = new WireClient(server.port())) {
      popping.get("/pop");
      assertThat(pushing.get("/push").read().status()).isEqualTo(200);
      assertThat(popping.read().text()).isEqualTo("pushed");
    }
  }
}
