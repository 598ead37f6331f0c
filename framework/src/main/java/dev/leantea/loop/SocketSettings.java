package dev.leantea.loop;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketOptions;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of a channel under the numbers that {@link Socket} uses for them, and under their
 * names.
 */
final class SocketSettings {
  private static final String OOB_INLINE = "SO_OOBINLINE";

  private static final Map<Integer, SocketOption<Boolean>> BOOLEANS =
      Map.of(
          SocketOptions.TCP_NODELAY, StandardSocketOptions.TCP_NODELAY,
          SocketOptions.SO_KEEPALIVE, StandardSocketOptions.SO_KEEPALIVE,
          SocketOptions.SO_REUSEADDR, StandardSocketOptions.SO_REUSEADDR,
          SocketOptions.SO_REUSEPORT, StandardSocketOptions.SO_REUSEPORT);

  private static final Map<Integer, SocketOption<Integer>> NUMBERS =
      Map.of(
          SocketOptions.SO_SNDBUF, StandardSocketOptions.SO_SNDBUF,
          SocketOptions.SO_RCVBUF, StandardSocketOptions.SO_RCVBUF,
          SocketOptions.IP_TOS, StandardSocketOptions.IP_TOS);

  private SocketSettings() {}

  /** All but one that the JDK has for its own use. */
  static Set<SocketOption<?>> supported(SocketChannel channel) {
    return channel.supportedOptions().stream()
        .filter(it -> !it.name().equals(OOB_INLINE))
        .collect(Collectors.toUnmodifiableSet());
  }

  static <T> void set(SocketChannel channel, SocketOption<T> option, T value) throws IOException {
    requireSupported(channel, option);
    if (!option.type().isInstance(value)) {
      throw new IllegalArgumentException("Invalid value '" + value + "'");
    }
    channel.setOption(option, value);
  }

  static <T> T value(SocketChannel channel, SocketOption<T> option) throws IOException {
    requireSupported(channel, option);
    return channel.getOption(option);
  }

  private static void requireSupported(SocketChannel channel, SocketOption<?> option) {
    if (!supported(channel).contains(option)) {
      throw new UnsupportedOperationException("'" + option + "' not supported");
    }
  }

  /**
   * @param number of {@link SocketOptions}; not {@code SO_TIMEOUT}, which no channel has
   */
  static void set(SocketChannel channel, int number, Object value) throws SocketException {
    try {
      SocketOption<Boolean> flag = BOOLEANS.get(number);
      SocketOption<Integer> count = NUMBERS.get(number);
      if (flag != null && value instanceof Boolean on) {
        channel.setOption(flag, on);
      } else if (count != null && value instanceof Integer size) {
        channel.setOption(count, size);
      } else if (number == SocketOptions.SO_LINGER) {
        channel.setOption(StandardSocketOptions.SO_LINGER, value instanceof Integer s ? s : -1);
      } else if (number == SocketOptions.SO_OOBINLINE && value instanceof Boolean on) {
        channel.socket().setOOBInline(on);
      } else {
        throw new SocketException("Unknown option " + number + ", or bad value " + value);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw asSocketException(e);
    }
  }

  /**
   * @param number of {@link SocketOptions}; not {@code SO_TIMEOUT}, which no channel has
   */
  static Object value(SocketChannel channel, int number) throws SocketException {
    try {
      SocketOption<Boolean> flag = BOOLEANS.get(number);
      SocketOption<Integer> count = NUMBERS.get(number);
      if (flag != null) {
        return channel.getOption(flag);
      }
      if (count != null) {
        return channel.getOption(count);
      }
      return switch (number) {
        case SocketOptions.SO_LINGER -> linger(channel);
        case SocketOptions.SO_OOBINLINE -> channel.socket().getOOBInline();
        case SocketOptions.SO_BINDADDR -> channel.socket().getLocalAddress();
        default -> throw new SocketException("Unknown option " + number);
      };
    } catch (IOException | IllegalArgumentException e) {
      throw asSocketException(e);
    }
  }

  /** False when it is off. */
  private static Object linger(SocketChannel channel) throws IOException {
    Integer seconds = channel.getOption(StandardSocketOptions.SO_LINGER);
    if (seconds < 0) {
      return false;
    }
    return seconds;
  }

  private static SocketException asSocketException(Exception failure) {
    if (failure instanceof SocketException expected) {
      return expected;
    }
    var wrapped = new SocketException(failure.getMessage());
    wrapped.initCause(failure);
    return wrapped;
  }
}
