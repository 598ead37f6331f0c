package dev.leantea.bus;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Builder;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.resps.StreamEntryBinary;

/**
 * Reads streams. Each command is on a connection of the pool. A command that waits is not marked as
 * blocking for Jedis, which would wait for ever for a Redis that is gone without a word.
 */
final class RedisSession implements BusSession {
  private static final byte PREVIOUS = 'p';

  private final UnifiedJedis redis;
  private final String prefix;
  private final int retained;

  RedisSession(UnifiedJedis redis, String prefix, int retained) {
    this.redis = redis;
    this.prefix = prefix;
    this.retained = retained;
  }

  @Override
  public List<BusMessage> retained(String topic) {
    return newest(topic, retained).reversed();
  }

  @Override
  public long newest(String topic) {
    return newest(topic, 1).stream().mapToLong(BusMessage::id).findFirst().orElse(0);
  }

  /** The newest messages, newest first. */
  private List<BusMessage> newest(String topic, int count) {
    CommandArguments arguments =
        new CommandArguments(Command.XREVRANGE)
            .key(key(topic))
            .add("+")
            .add("-")
            .add("COUNT")
            .add(count);
    return messages(call(arguments, BuilderFactory.STREAM_ENTRY_BINARY_LIST));
  }

  @Override
  public Map<String, List<BusMessage>> read(Map<String, Long> positions) {
    CommandArguments arguments =
        new CommandArguments(Command.XREAD)
            .add("COUNT")
            .add(MAX_MESSAGES)
            .add("BLOCK")
            .add(MAX_WAIT_MILLIS)
            .add("STREAMS");
    positions.keySet().forEach(topic -> arguments.key(key(topic)));
    positions.values().forEach(id -> arguments.add(id + "-0"));
    var read = new HashMap<String, List<BusMessage>>();
    List<Map.Entry<byte[], List<StreamEntryBinary>>> reply =
        call(arguments, BuilderFactory.STREAM_READ_BINARY_RESPONSE);
    if (reply != null) { // it is when the time is over
      for (Map.Entry<byte[], List<StreamEntryBinary>> stream : reply) {
        String key = new String(stream.getKey(), StandardCharsets.UTF_8);
        read.put(key.substring(prefix.length()), messages(stream.getValue()));
      }
    }
    return read;
  }

  private <T> T call(CommandArguments arguments, Builder<T> builder) {
    return redis.executeCommand(new CommandObject<>(arguments, builder));
  }

  private byte[] key(String topic) {
    return (prefix + topic).getBytes(StandardCharsets.UTF_8);
  }

  private static List<BusMessage> messages(List<StreamEntryBinary> entries) {
    return entries.stream().map(RedisSession::message).toList();
  }

  private static BusMessage message(StreamEntryBinary entry) {
    long previous = 0;
    byte[] bytes = {};
    for (Map.Entry<byte[], byte[]> field : entry.getFields().entrySet()) {
      if (field.getKey()[0] == PREVIOUS) {
        previous = Long.parseLong(new String(field.getValue(), StandardCharsets.US_ASCII));
      } else {
        bytes = field.getValue();
      }
    }
    return new BusMessage(entry.getID().getTime(), previous, bytes);
  }

  @Override
  public void close() {} // its connections are the pool's
}
