package dev.leantea.backend;

import dev.leantea.http.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a server listens, and what it takes from a client.
 *
 * @param host a name or an address; {@code 0.0.0.0} for all of this machine's
 * @param port 0 to 65535; 0 picks a free one
 * @param limits see {@link Limits}
 * @param holdLimit how long a handler may hold an event loop before the log says so; zero: not
 *     watched; else 250 ms or more, below which a busy machine alone holds loops
 * @param readiness the check that is to fail before the server drains
 */
public record ServerConfig(
    String host, int port, Limits limits, Duration holdLimit, Optional<Readiness> readiness) {
  private static final Duration DEFAULT_HOLD_LIMIT = Duration.ofSeconds(1);
  private static final Duration LEAST_HOLD_LIMIT = Duration.ofMillis(250);
  private static final Duration MOST_HOLD_LIMIT = Duration.ofDays(365);

  /** Connections that the kernel holds until they are accepted. */
  public static final int BACKLOG = 1024;

  public ServerConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: expected 0 to 65535, got " + port);
    }
    if (!holdLimit.isZero()
        && (holdLimit.compareTo(LEAST_HOLD_LIMIT) < 0
            || holdLimit.compareTo(MOST_HOLD_LIMIT) > 0)) {
      throw new IllegalArgumentException(
          "holdLimit: expected zero, or %s to %s, got %s"
              .formatted(LEAST_HOLD_LIMIT, MOST_HOLD_LIMIT, holdLimit));
    }
  }

  /** A port on the loopback address, with the default limits. */
  public static ServerConfig of(int port) {
    return new ServerConfig(
        "127.0.0.1", port, Limits.DEFAULTS, DEFAULT_HOLD_LIMIT, Optional.empty());
  }

  public ServerConfig withHost(String other) {
    return new ServerConfig(other, port, limits, holdLimit, readiness);
  }

  public ServerConfig withLimits(Limits other) {
    return new ServerConfig(host, port, other, holdLimit, readiness);
  }

  public ServerConfig withHoldLimit(Duration other) {
    return new ServerConfig(host, port, limits, other, readiness);
  }

  /** Lets a readiness check fail for a while before the server drains. */
  public ServerConfig withReadiness(Readiness check) {
    return new ServerConfig(host, port, limits, holdLimit, Optional.of(check));
  }

  /**
   * The address to bind.
   *
   * @throws IllegalArgumentException when the host has none
   */
  public InetSocketAddress address() {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "host: expected a name or an address of this machine, got " + host, e);
    }
  }

  /**
   * Claims the address before the first of several listeners binds it. Listeners with SO_REUSEPORT
   * share a port even with another process of the same user: two servers started by mistake would
   * each get a part of the connections, and no error.
   *
   * @throws IOException when somebody listens there
   */
  public void requireFree() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true); // connections of an earlier server may linger
      probe.bind(address());
    }
  }
}
