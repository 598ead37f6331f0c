package dev.leantea.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a server accepts from its clients, and how long it waits. The same on every backend.
 *
 * <table>
 * <caption>Limits, their defaults, and what happens beyond them</caption>
 * <tr><th>limit</th><th>default</th><th>beyond it</th></tr>
 * <tr><td>{@code requestLine}</td><td>8 KiB</td><td>414, close</td></tr>
 * <tr><td>{@code fieldSection}</td><td>32 KiB</td><td>431, close (trailer fields too)</td></tr>
 * <tr><td>{@code fieldCount}</td><td>100</td><td>431, close</td></tr>
 * <tr><td>{@code bodyInMemory}</td><td>8 MiB</td><td>413 from {@link Request#bytes}</td></tr>
 * <tr><td>{@code bodiesInMemory}</td><td>a quarter of the JVM's maximum heap</td><td>503 from
 *     {@link Request#bytes}</td></tr>
 * <tr><td>{@code headTimeout}</td><td>10 s</td><td>408, close</td></tr>
 * <tr><td>{@code idleTimeout}</td><td>75 s</td><td>close</td></tr>
 * <tr><td>{@code stallTimeout}</td><td>30 s</td><td>body not coming: 408, close; response not
 *     taken: close</td></tr>
 * <tr><td>{@code connections}</td><td>100 000</td><td>503, close</td></tr>
 * <tr><td>{@code handshakeTimeout}</td><td>10 s</td><td>close (TLS)</td></tr>
 * <tr><td>{@code handshakes}</td><td>4096</td><td>close (TLS)</td></tr>
 * <tr><td>{@code drainTimeout}</td><td>10 s</td><td>what is still running is cut off</td></tr>
 * </table>
 *
 * <pre>{@code
 * Limits limits = Limits.builder().bodyInMemory(1024 * 1024).headTimeout(Duration.ofSeconds(5)).build();
 * }</pre>
 *
 * <p>Times are kept to about a quarter of a second; each is more than 0 and at most 365 days.
 *
 * <p>Immutable; any thread.
 */
public final class Limits {
  /** The values of the table above. */
  public static final Limits DEFAULTS = new Limits(new Builder());

  private final int requestLine;
  private final int fieldSection;
  private final int fieldCount;
  private final int bodyInMemory;
  private final long bodiesInMemory;
  private final Duration headTimeout;
  private final Duration idleTimeout;
  private final Duration stallTimeout;
  private final int connections;
  private final Duration handshakeTimeout;
  private final int handshakes;
  private final Duration drainTimeout;

  private Limits(Builder builder) {
    this.requestLine = builder.requestLine;
    this.fieldSection = builder.fieldSection;
    this.fieldCount = builder.fieldCount;
    this.bodyInMemory = builder.bodyInMemory;
    this.bodiesInMemory = builder.bodiesInMemory;
    this.headTimeout = builder.headTimeout;
    this.idleTimeout = builder.idleTimeout;
    this.stallTimeout = builder.stallTimeout;
    this.connections = builder.connections;
    this.handshakeTimeout = builder.handshakeTimeout;
    this.handshakes = builder.handshakes;
    this.drainTimeout = builder.drainTimeout;
  }

  /** Starts with {@link #DEFAULTS}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts with these limits. */
  public Builder toBuilder() {
    var builder = new Builder();
    builder.requestLine = requestLine;
    builder.fieldSection = fieldSection;
    builder.fieldCount = fieldCount;
    builder.bodyInMemory = bodyInMemory;
    builder.bodiesInMemory = bodiesInMemory;
    builder.headTimeout = headTimeout;
    builder.idleTimeout = idleTimeout;
    builder.stallTimeout = stallTimeout;
    builder.connections = connections;
    builder.handshakeTimeout = handshakeTimeout;
    builder.handshakes = handshakes;
    builder.drainTimeout = drainTimeout;
    return builder;
  }

  /** Maximum bytes of the request line, with its line end: 16 bytes to 64 MiB. */
  public int requestLine() {
    return requestLine;
  }

  /**
   * Maximum bytes of all field lines together, with their line ends: 16 bytes to 64 MiB. It holds
   * for the header fields and for the trailer fields of a message, each.
   */
  public int fieldSection() {
    return fieldSection;
  }

  /** Maximum number of field lines: 1 to 10 000. */
  public int fieldCount() {
    return fieldCount;
  }

  /**
   * Maximum bytes of one request's body that {@link Request#bytes} gathers in memory. A body that
   * is read by {@link Request#stream} has no limit.
   */
  public int bodyInMemory() {
    return bodyInMemory;
  }

  /**
   * Maximum bytes of request bodies that the whole server holds in memory at the same time: at
   * least 1. A body that does not fit at the moment is answered with 503. What counts: bodies read
   * with {@link Request#bytes} and all that builds on it (JSON, urlencoded forms), the decoded
   * fields of urlencoded forms, the parts of multipart forms that are held in memory, and what a
   * handler reserves with {@link Request#reserveMemory}. What it keeps otherwise of a body that it
   * reads with {@link Request#stream} does not count, nor do objects that JSON is read into.
   */
  public long bodiesInMemory() {
    return bodiesInMemory;
  }

  /** Maximum time from the first byte of a request's head to its last. */
  public Duration headTimeout() {
    return headTimeout;
  }

  /** Maximum time that a connection stays open between requests, and before its first. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /**
   * Maximum time without progress while a handler or a response waits for the client: without
   * content of the body that is read, or without the client taking bytes of the response. It is no
   * limit for the whole: a client that makes progress again and again is never cut off by it.
   */
  public Duration stallTimeout() {
    return stallTimeout;
  }

  /** Maximum number of connections that are open at the same time, in the whole server. */
  public int connections() {
    return connections;
  }

  /** Maximum time from the start of a connection to the end of its TLS handshake. */
  public Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  /**
   * Maximum number of TLS handshakes that are in progress at the same time, in the whole server.
   */
  public int handshakes() {
    return handshakes;
  }

  /** Maximum time that {@code close()} waits for requests in flight. */
  public Duration drainTimeout() {
    return drainTimeout;
  }

  /** These limits with another {@link #requestLine}. */
  public Limits withRequestLine(int bytes) {
    return toBuilder().requestLine(bytes).build();
  }

  /** These limits with another {@link #fieldSection}. */
  public Limits withFieldSection(int bytes) {
    return toBuilder().fieldSection(bytes).build();
  }

  /** These limits with another {@link #fieldCount}. */
  public Limits withFieldCount(int lines) {
    return toBuilder().fieldCount(lines).build();
  }

  /** These limits with another {@link #bodyInMemory}. */
  public Limits withBodyInMemory(int bytes) {
    return toBuilder().bodyInMemory(bytes).build();
  }

  /** These limits with another {@link #bodiesInMemory}. */
  public Limits withBodiesInMemory(long bytes) {
    return toBuilder().bodiesInMemory(bytes).build();
  }

  /** These limits with another {@link #headTimeout}. */
  public Limits withHeadTimeout(Duration time) {
    return toBuilder().headTimeout(time).build();
  }

  /** These limits with another {@link #idleTimeout}. */
  public Limits withIdleTimeout(Duration time) {
    return toBuilder().idleTimeout(time).build();
  }

  /** These limits with another {@link #stallTimeout}. */
  public Limits withStallTimeout(Duration time) {
    return toBuilder().stallTimeout(time).build();
  }

  /** These limits with another {@link #connections}. */
  public Limits withConnections(int count) {
    return toBuilder().connections(count).build();
  }

  /** These limits with another {@link #handshakeTimeout}. */
  public Limits withHandshakeTimeout(Duration time) {
    return toBuilder().handshakeTimeout(time).build();
  }

  /** These limits with another {@link #handshakes}. */
  public Limits withHandshakes(int count) {
    return toBuilder().handshakes(count).build();
  }

  /** These limits with another {@link #drainTimeout}. */
  public Limits withDrainTimeout(Duration time) {
    return toBuilder().drainTimeout(time).build();
  }

  private List<Object> values() {
    return List.of(
        requestLine,
        fieldSection,
        fieldCount,
        bodyInMemory,
        bodiesInMemory,
        headTimeout,
        idleTimeout,
        stallTimeout,
        connections,
        handshakeTimeout,
        handshakes,
        drainTimeout);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Limits limits && values().equals(limits.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "Limits" + values();
  }

  /** Collects limits; each method says which values it takes. One thread. */
  public static final class Builder {
    private static final int MIN_HEAD_BYTES = 16;
    private static final int MAX_HEAD_BYTES = 64 * 1024 * 1024;
    private static final int MAX_FIELDS = 10_000;

    /** The largest array that every JVM allocates, less one byte that tells a longer body. */
    private static final int MAX_BODY_BYTES = Integer.MAX_VALUE - 16;

    private int requestLine = 8 * 1024;
    private int fieldSection = 32 * 1024;
    private int fieldCount = 100;
    private int bodyInMemory = 8 * 1024 * 1024;
    private long bodiesInMemory = Math.max(1, Runtime.getRuntime().maxMemory() / 4);
    private Duration headTimeout = Duration.ofSeconds(10);
    private Duration idleTimeout = Duration.ofSeconds(75);
    private Duration stallTimeout = Duration.ofSeconds(30);
    private int connections = 100_000;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private int handshakes = 4096;
    private Duration drainTimeout = Duration.ofSeconds(10);

    private Builder() {}

    /** See {@link Limits#requestLine}. */
    public Builder requestLine(int bytes) {
      require("requestLine", bytes, MIN_HEAD_BYTES, MAX_HEAD_BYTES);
      this.requestLine = bytes;
      return this;
    }

    /** See {@link Limits#fieldSection}. */
    public Builder fieldSection(int bytes) {
      require("fieldSection", bytes, MIN_HEAD_BYTES, MAX_HEAD_BYTES);
      this.fieldSection = bytes;
      return this;
    }

    /** See {@link Limits#fieldCount}. */
    public Builder fieldCount(int lines) {
      require("fieldCount", lines, 1, MAX_FIELDS);
      this.fieldCount = lines;
      return this;
    }

    /** See {@link Limits#bodyInMemory}. */
    public Builder bodyInMemory(int bytes) {
      require("bodyInMemory", bytes, 0, MAX_BODY_BYTES);
      this.bodyInMemory = bytes;
      return this;
    }

    /** See {@link Limits#bodiesInMemory}. */
    public Builder bodiesInMemory(long bytes) {
      require("bodiesInMemory", bytes, 1, Long.MAX_VALUE);
      this.bodiesInMemory = bytes;
      return this;
    }

    /** See {@link Limits#headTimeout}. */
    public Builder headTimeout(Duration time) {
      requirePositive("headTimeout", time);
      this.headTimeout = time;
      return this;
    }

    /** See {@link Limits#idleTimeout}. */
    public Builder idleTimeout(Duration time) {
      requirePositive("idleTimeout", time);
      this.idleTimeout = time;
      return this;
    }

    /** See {@link Limits#stallTimeout}. */
    public Builder stallTimeout(Duration time) {
      requirePositive("stallTimeout", time);
      this.stallTimeout = time;
      return this;
    }

    /** See {@link Limits#connections}. */
    public Builder connections(int count) {
      require("connections", count, 1, Integer.MAX_VALUE);
      this.connections = count;
      return this;
    }

    /** See {@link Limits#handshakeTimeout}. */
    public Builder handshakeTimeout(Duration time) {
      requirePositive("handshakeTimeout", time);
      this.handshakeTimeout = time;
      return this;
    }

    /** See {@link Limits#handshakes}. */
    public Builder handshakes(int count) {
      require("handshakes", count, 1, Integer.MAX_VALUE);
      this.handshakes = count;
      return this;
    }

    /** See {@link Limits#drainTimeout}. */
    public Builder drainTimeout(Duration time) {
      requirePositive("drainTimeout", time);
      this.drainTimeout = time;
      return this;
    }

    /** The limits as they are now. */
    public Limits build() {
      return new Limits(this);
    }

    private static void require(String name, long value, long min, long max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "limit %s: expected %d to %d, got %d", name, min, max, value));
      }
    }

    private static void requirePositive(String name, Duration value) {
      if (value.isNegative() || value.isZero() || value.toDays() > 365) {
        throw new IllegalArgumentException(
            "limit " + name + ": expected a positive time of at most 365 days, got " + value);
      }
    }
  }
}
