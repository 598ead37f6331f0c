package dev.leantea.bus;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
  // One step for Redis: no other message comes between. Ids are microseconds since 1970, or more,
  // so that they grow even if Redis has lost the stream; below 2^53 they are exact in Lua.
  private static final byte[] PUBLISH =
      """
      local last = 0
      local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
      if newest[1] then
        last = tonumber(string.match(newest[1][1], '^%d+'))
      end
      local time = redis.call('TIME')
      local id = math.max(last + 1, time[1] * 1000000 + time[2])
      local text = string.format('%.0f', id)
      redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], text .. '-0', 'p', string.format('%.0f', last), 'm', ARGV[2])
      return text
      """
          .getBytes(StandardCharsets.US_ASCII);

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
