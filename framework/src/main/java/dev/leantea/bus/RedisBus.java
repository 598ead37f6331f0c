package dev.leantea.bus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A bus of streams in Redis 6.2 or later, one stream for each topic. Needs the library Jedis
 * ({@code redis.clients:jedis}) on the path.
 *
 * <p>Redis answers {@link #publish} when the message is in its memory. With {@code appendonly yes}
 * and {@code appendfsync always} it is on the disk then, and a Redis that is killed loses nothing;
 * with {@code appendfsync everysec} up to a second is lost; without {@code appendonly} a restart
 * loses all messages that were not received yet. Subscriptions then go on with what is published
 * next, and learn that they missed something.
 *
 * <p>A publish is one script, a round trip. All subscriptions together keep one connection of the
 * client's pool busy; the client's socket timeout has to be longer than 100 ms. Not for Redis
 * Cluster.
 */
public final class RedisBus implements Bus {
  /** Returns the message's id. */
  private static final byte[] PUBLISH = script("publish.lua");

  private final UnifiedJedis redis;
  private final String prefix;
  private final int retained;
  private final BusReader reader;

  /**
   * A bus below the keys {@code leantea:bus:…}.
   *
   * @param redis a client with a pool, such as {@code RedisClient}; the caller closes it
   * @param retained messages that each topic keeps at least, 1 or more
   */
  public RedisBus(UnifiedJedis redis, int retained) {
    this(redis, "leantea:bus:", retained);
  }

  /**
   * A bus below keys of one's own.
   *
   * @param prefix of the keys
   */
  public RedisBus(UnifiedJedis redis, String prefix, int retained) {
    this.redis = redis;
    this.prefix = prefix;
    this.retained = Topics.requireRetained(retained, 1);
    this.reader = new BusReader(() -> new RedisSession(redis, prefix, retained));
  }

  private static byte[] script(String name) {
    try (InputStream in = RedisBus.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("bus: expected to read " + name + " from the library", e);
    }
  }

  @Override
  public long publish(String topic, byte[] message) {
    byte[] key = (prefix + Topics.requireName(topic)).getBytes(StandardCharsets.UTF_8);
    byte[] limit = Integer.toString(retained).getBytes(StandardCharsets.US_ASCII);
    try {
      Object id = redis.eval(PUBLISH, List.of(key), List.of(limit, message));
      return Long.parseLong(new String((byte[]) id, StandardCharsets.US_ASCII));
    } catch (JedisException e) {
      throw new BusException("bus: Redis did not acknowledge a message: " + e.getMessage(), e);
    }
  }

  @Override
  public Subscription subscribe(String topic, BusListener listener) {
    return reader.subscribe(topic, listener);
  }

  @Override
  public int retained() {
    return retained;
  }

  @Override
  public void close() {
    reader.close();
  }
}
