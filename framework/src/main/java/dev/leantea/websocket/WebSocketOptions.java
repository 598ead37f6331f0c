package dev.leantea.websocket;

import dev.leantea.http.Headers;
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
 * <tr><td>{@code pingInterval}</td><td>30 s</td><td>time without a byte from the client before a
 *     ping, and again before the connection is closed</td></tr>
 * <tr><td>{@code closeTimeout}</td><td>5 s</td><td>for the client's half of the closing handshake
 *     </td></tr>
 * </table>
 *
 * <p>Immutable; any thread.
 */
public final class WebSocketOptions {
  /** The options of the table above. */
  public static final WebSocketOptions DEFAULTS = new WebSocketOptions(new Builder());

  private final int messageLimit;
  private final int frameLimit;
  private final List<String> subprotocols;
  private final Origins origins;
  private final boolean deflate;
  private final Duration pingInterval;
  private final Duration closeTimeout;

  private WebSocketOptions(Builder builder) {
    this.messageLimit = builder.messageLimit;
    this.frameLimit = builder.frameLimit;
    this.subprotocols = builder.subprotocols;
    this.origins = builder.origins;
    this.deflate = builder.deflate;
    this.pingInterval = builder.pingInterval;
    this.closeTimeout = builder.closeTimeout;
  }

  /** Starts with {@link #DEFAULTS}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts with these options. */
  public Builder toBuilder() {
    var builder = new Builder();
    builder.messageLimit = messageLimit;
    builder.frameLimit = frameLimit;
    builder.subprotocols = subprotocols;
    builder.origins = origins;
    builder.deflate = deflate;
    builder.pingInterval = pingInterval;
    builder.closeTimeout = closeTimeout;
    return builder;
  }

  /** Maximum bytes of a message, after inflation. */
  public int messageLimit() {
    return messageLimit;
  }

  /** Maximum bytes of a frame's payload, as it is on the wire. */
  public int frameLimit() {
    return frameLimit;
  }

  /** The names of the sub-protocols that the server speaks. */
  public List<String> subprotocols() {
    return subprotocols;
  }

  /** The pages that may connect. */
  public Origins origins() {
    return origins;
  }

  /** Whether messages may be compressed. It costs about 300 KiB for each connection that agrees. */
  public boolean deflate() {
    return deflate;
  }

  /** Time without a byte from the client before a ping; zero for no pings. */
  public Duration pingInterval() {
    return pingInterval;
  }

  /** Maximum time to wait for the client's half of the closing handshake. */
  public Duration closeTimeout() {
    return closeTimeout;
  }

  /** These options with a limit for messages, and the same for frames. */
  public WebSocketOptions withMessageLimit(int bytes) {
    return toBuilder().messageLimit(bytes).frameLimit(bytes).build();
  }

  /** These options with another {@link #frameLimit}. */
  public WebSocketOptions withFrameLimit(int bytes) {
    return toBuilder().frameLimit(bytes).build();
  }

  /** These options with other {@link #subprotocols}. */
  public WebSocketOptions withSubprotocols(String... names) {
    return toBuilder().subprotocols(names).build();
  }

  /** These options with other {@link #origins}. */
  public WebSocketOptions withOrigins(Origins allowed) {
    return toBuilder().origins(allowed).build();
  }

  /** These options with compression on or off. */
  public WebSocketOptions withDeflate(boolean on) {
    return toBuilder().deflate(on).build();
  }

  /** These options with another {@link #pingInterval}. */
  public WebSocketOptions withPingInterval(Duration time) {
    return toBuilder().pingInterval(time).build();
  }

  /** These options with another {@link #closeTimeout}. */
  public WebSocketOptions withCloseTimeout(Duration time) {
    return toBuilder().closeTimeout(time).build();
  }

  private List<Object> values() {
    return List.of(
        messageLimit, frameLimit, subprotocols, origins, deflate, pingInterval, closeTimeout);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WebSocketOptions options && values().equals(options.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "WebSocketOptions" + values();
  }

  /** Collects options; each method says which values it takes. One thread. */
  public static final class Builder {
    private static final int MIB = 1024 * 1024;

    /** A control frame fits in any case. */
    private static final int MIN_LIMIT = 125;

    private static final int MAX_LIMIT = 1024 * MIB;

    private int messageLimit = MIB;
    private int frameLimit = MIB;
    private List<String> subprotocols = List.of();
    private Origins origins = Origins.SAME;
    private boolean deflate = true;
    private Duration pingInterval = Duration.ofSeconds(30);
    private Duration closeTimeout = Duration.ofSeconds(5);

    private Builder() {}

    /** See {@link WebSocketOptions#messageLimit}: 125 bytes to 1 GiB. */
    public Builder messageLimit(int bytes) {
      this.messageLimit = requireLimit("messageLimit", bytes);
      return this;
    }

    /** See {@link WebSocketOptions#frameLimit}: 125 bytes to 1 GiB. */
    public Builder frameLimit(int bytes) {
      this.frameLimit = requireLimit("frameLimit", bytes);
      return this;
    }

    /** See {@link WebSocketOptions#subprotocols}: tokens (RFC 9110 §5.6.2). */
    public Builder subprotocols(String... names) {
      this.subprotocols = List.of(names);
      subprotocols.forEach(Headers::requireName);
      return this;
    }

    /** See {@link WebSocketOptions#origins}. */
    public Builder origins(Origins allowed) {
      this.origins = allowed;
      return this;
    }

    /** See {@link WebSocketOptions#deflate}. */
    public Builder deflate(boolean on) {
      this.deflate = on;
      return this;
    }

    /** See {@link WebSocketOptions#pingInterval}: zero or more. */
    public Builder pingInterval(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("pingInterval: expected 0 or more, got " + time);
      }
      this.pingInterval = time;
      return this;
    }

    /** See {@link WebSocketOptions#closeTimeout}: more than zero. */
    public Builder closeTimeout(Duration time) {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("closeTimeout: expected more than 0, got " + time);
      }
      this.closeTimeout = time;
      return this;
    }

    /** The options. */
    public WebSocketOptions build() {
      return new WebSocketOptions(this);
    }

    private static int requireLimit(String name, int bytes) {
      if (bytes < MIN_LIMIT || bytes > MAX_LIMIT) {
        throw new IllegalArgumentException(
            name + ": expected " + MIN_LIMIT + " to " + MAX_LIMIT + " bytes, got " + bytes);
      }
      return bytes;
    }
  }
}
