package dev.leantea.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.GetExParams;
import redis.clients.jedis.params.SetParams;

/**
 * Sessions in Redis 6.2 or later, which all servers of an application share. Needs the library
 * Jedis ({@code redis.clients:jedis}) on the path. Each call is one command; it blocks.
 */
public final class RedisSessionStore implements SessionStore {
  private final UnifiedJedis redis;
  private final String prefix;

  /**
   * A store below the keys {@code session:…}.
   *
   * @param redis a client with a pool, such as {@code RedisClient}; the caller closes it
   */
  public RedisSessionStore(UnifiedJedis redis) {
    this(redis, "session:");
  }

  /**
   * A store below keys of one's own.
   *
   * @param prefix of the keys
   */
  public RedisSessionStore(UnifiedJedis redis, String prefix) {
    this.redis = redis;
    this.prefix = prefix;
  }

  @Override
  public Optional<byte[]> find(String id, Duration idle) {
    return Optional.ofNullable(redis.getEx(key(id), GetExParams.getExParams().px(idle.toMillis())));
  }

  @Override
  public void create(String id, byte[] content, Duration idle) {
    redis.set(key(id), content, SetParams.setParams().px(idle.toMillis()));
  }

  @Override
  public boolean replace(String id, byte[] content, Duration idle) {
    return redis.set(key(id), content, SetParams.setParams().xx().px(idle.toMillis())) != null;
  }

  @Override
  public void remove(String id) {
    redis.del(key(id));
  }

  private byte[] key(String id) {
    return (prefix + id).getBytes(StandardCharsets.UTF_8);
  }
}
