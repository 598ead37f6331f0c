package dev.leantea.http;

import java.time.Duration;

/**
 * What a server takes from one client, and how long it waits. The same on every backend.
 *
 * <table>
 * <caption>Limits, their defaults, and what happens beyond them</caption>
 * <tr><th>limit</th><th>default</th><th>beyond it</th></tr>
 * <tr><td>{@code requestLine}</td><td>8 KiB</td><td>414, close</td></tr>
 * <tr><td>{@code fieldSection}</td><td>32 KiB</td><td>431, close (trailers too)</td></tr>
 * <tr><td>{@code fieldCount}</td><td>100</td><td>431, close</td></tr>
 * <tr><td>{@code bodyInMemory}</td><td>8 MiB</td><td>413 from {@link Request#bytes}</td></tr>
 * <tr><td>{@code headTimeout}</td><td>10 s</td><td>408, close</td></tr>
 * <tr><td>{@code idleTimeout}</td><td>75 s</td><td>close</td></tr>
 * <tr><td>{@code stallTimeout}</td><td>30 s</td><td>body not coming: 408, close; response not
 *     taken: close</td></tr>
 * <tr><td>{@code connections}</td><td>100 000</td><td>503, close</td></tr>
 * <tr><td>{@code drainTimeout}</td><td>10 s</td><td>what is still running is cut off</td></tr>
 * </table>
 *
 * <p>Times are kept to about a quarter of a second.
 *
 * @param requestLine octets of the request line, with its line end
 * @param fieldSection octets of all field lines together, with their line ends
 * @param fieldCount number of field lines
 * @param bodyInMemory octets of a body that {@link Request#bytes} holds; a streamed body has no
 *     limit
 * @param headTimeout from the first octet of a head to its last
 * @param idleTimeout of a connection between requests, and before its first
 * @param stallTimeout without any octet of an awaited body, or without the client taking any octet
 *     of a response
 * @param connections open at once, in the whole server
 * @param drainTimeout how long {@code close()} waits for requests in flight
 */
public record Limits(
    int requestLine,
    int fieldSection,
    int fieldCount,
    int bodyInMemory,
    Duration headTimeout,
    Duration idleTimeout,
    Duration stallTimeout,
    int connections,
    Duration drainTimeout) {
  public static final Limits DEFAULTS =
      new Limits(
          8 * 1024,
          32 * 1024,
          100,
          8 * 1024 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          100_000,
          Duration.ofSeconds(10));

  /** A field line needs room for its index: see FieldIndex. */
  private static final int MOST_FIELDS = 10_000;

  private static final int MOST_OCTETS = 64 * 1024 * 1024;

  public Limits {
    require("requestLine", requestLine, 16, MOST_OCTETS);
    require("fieldSection", fieldSection, 16, MOST_OCTETS);
    require("fieldCount", fieldCount, 1, MOST_FIELDS);
    require("bodyInMemory", bodyInMemory, 0, Integer.MAX_VALUE - 16);
    require("connections", connections, 1, Integer.MAX_VALUE);
    requirePositive("headTimeout", headTimeout);
    requirePositive("idleTimeout", idleTimeout);
    requirePositive("stallTimeout", stallTimeout);
    requirePositive("drainTimeout", drainTimeout);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "limit %s: expected %d to %d, got %d".formatted(name, least, most, value));
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.toDays() > 365) {
      throw new IllegalArgumentException(
          "limit %s: expected a positive time of at most 365 days, got %s".formatted(name, value));
    }
  }

  public Limits withRequestLine(int octets) {
    return new Limits(
        octets,
        fieldSection,
        fieldCount,
        bodyInMemory,
        headTimeout,
        idleTimeout,
        stallTimeout,
        connections,
        drainTimeout);
  }

  public Limits withFieldSection(int octets) {
    return new Limits(
        requestLine,
        octets,
        fieldCount,
        bodyInMemory,
        headTimeout,
        idleTimeout,
        stallTimeout,
        connections,
        drainTimeout);
  }

  public Limits withFieldCount(int lines) {
    return new Limits(
        requestLine,
        fieldSection,
        lines,
        bodyInMemory,
        headTimeout,
        idleTimeout,
        stallTimeout,
        connections,
        drainTimeout);
  }

  public Limits withBodyInMemory(int octets) {
    return new Limits(
        requestLine,
        fieldSection,
        fieldCount,
        octets,
        headTimeout,
        idleTimeout,
        stallTimeout,
        connections,
        drainTimeout);
  }

  public Limits withHeadTimeout(Duration time) {
    return new Limits(
        requestLine,
        fieldSection,
        fieldCount,
        bodyInMemory,
        time,
        idleTimeout,
        stallTimeout,
        connections,
        drainTimeout);
  }

  public Limits withIdleTimeout(Duration time) {
    return new Limits(
        requestLine,
        fieldSection,
        fieldCount,
        bodyInMemory,
        headTimeout,
        time,
        stallTimeout,
        connections,
        drainTimeout);
  }

  public Limits withStallTimeout(Duration time) {
    return new Limits(
        requestLine,
        fieldSection,
        fieldCount,
        bodyInMemory,
        headTimeout,
        idleTimeout,
        time,
        connections,
        drainTimeout);
  }

  public Limits withConnections(int most) {
    return new Limits(
        requestLine,
        fieldSection,
        fieldCount,
        bodyInMemory,
        headTimeout,
        idleTimeout,
        stallTimeout,
        most,
        drainTimeout);
  }

  public Limits withDrainTimeout(Duration time) {
    return new Limits(
        requestLine,
        fieldSection,
        fieldCount,
        bodyInMemory,
        headTimeout,
        idleTimeout,
        stallTimeout,
        connections,
        time);
  }
}
