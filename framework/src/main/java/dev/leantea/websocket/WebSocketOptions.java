package dev.leantea.websocket;

import java.time.Duration;
import java.util.List;

/**
 * How a WebSocket is served.
 *
 * <table>
 * <caption>Options and their defaults</caption>
 * <tr><td>{@code messageLimit}</td><td>1 MiB</td><td>beyond it: Close 1009</td></tr>
 * <tr><td>{@code frameLimit}</td><td>1 MiB</td><td>beyond it: Close 1009</td></tr>
 * <tr><td>{@code subprotocols}</td><td>none</td><td>the client's first that is among them</td></tr>
 * <tr><td>{@code origins}</td><td>the same</td><td>others: 403</td></tr>
 * <tr><td>{@code deflate}</td><td>on</td><td>permessage-deflate, if the client offers it</td></tr>
 * <tr><td>{@code pingInterval}</td><td>30 s</td><td>silence before a ping, and again before the
 *     connection is given up</td></tr>
 * <tr><td>{@code closeTimeout}</td><td>5 s</td><td>for the client's half of the closing handshake
 *     </td></tr>
 * </table>
 *
 * @param messageLimit octets of a message, after inflation
 * @param frameLimit octets of a frame's payload, as it is on the wire
 * @param subprotocols the names that the server speaks
 * @param origins the pages that may connect
 * @param deflate whether messages may be compressed; costs about 300 KiB for each connection that
 *     agrees on it
 * @param pingInterval zero for no pings
 * @param closeTimeout positive
 */
public record WebSocketOptions(
    int messageLimit,
    int frameLimit,
    List<String> subprotocols,
    Origins origins,
    boolean deflate,
    Duration pingInterval,
    Duration closeTimeout) {
  private static final int MIB = 1024 * 1024;

  public static final WebSocketOptions DEFAULTS =
      new WebSocketOptions(
          MIB, MIB, List.of(), Origins.SAME, true, Duration.ofSeconds(30), Duration.ofSeconds(5));

  /** A control frame fits in any case. */
  private static final int LEAST_OCTETS = 125;

  private static final int MOST_OCTETS = 1024 * MIB;

  public WebSocketOptions {
    requireOctets("messageLimit", messageLimit);
    requireOctets("frameLimit", frameLimit);
    subprotocols = List.copyOf(subprotocols);
    subprotocols.forEach(dev.leantea.http.Headers::requireName);
    if (pingInterval.isNegative()) {
      throw new IllegalArgumentException("pingInterval: expected 0 or more, got " + pingInterval);
    }
    if (!closeTimeout.isPositive()) {
      throw new IllegalArgumentException("closeTimeout: expected more than 0, got " + closeTimeout);
    }
  }

  private static void requireOctets(String name, int value) {
    if (value < LEAST_OCTETS || value > MOST_OCTETS) {
      throw new IllegalArgumentException(
          "%s: expected %d to %d, got %d".formatted(name, LEAST_OCTETS, MOST_OCTETS, value));
    }
  }

  /** A limit for messages, and the same for frames. */
  public WebSocketOptions withMessageLimit(int octets) {
    return new WebSocketOptions(
        octets, octets, subprotocols, origins, deflate, pingInterval, closeTimeout);
  }

  public WebSocketOptions withFrameLimit(int octets) {
    return new WebSocketOptions(
        messageLimit, octets, subprotocols, origins, deflate, pingInterval, closeTimeout);
  }

  public WebSocketOptions withSubprotocols(String... names) {
    return new WebSocketOptions(
        messageLimit, frameLimit, List.of(names), origins, deflate, pingInterval, closeTimeout);
  }

  public WebSocketOptions withOrigins(Origins allowed) {
    return new WebSocketOptions(
        messageLimit, frameLimit, subprotocols, allowed, deflate, pingInterval, closeTimeout);
  }

  public WebSocketOptions withDeflate(boolean on) {
    return new WebSocketOptions(
        messageLimit, frameLimit, subprotocols, origins, on, pingInterval, closeTimeout);
  }

  public WebSocketOptions withPingInterval(Duration time) {
    return new WebSocketOptions(
        messageLimit, frameLimit, subprotocols, origins, deflate, time, closeTimeout);
  }

  public WebSocketOptions withCloseTimeout(Duration time) {
    return new WebSocketOptions(
        messageLimit, frameLimit, subprotocols, origins, deflate, pingInterval, time);
  }
}
