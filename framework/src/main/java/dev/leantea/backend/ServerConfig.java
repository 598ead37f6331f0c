package dev.leantea.backend;

import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Limits;
import dev.leantea.net.Network;
import dev.leantea.tls.Tls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a server listens, and what it accepts from its clients. Immutable; any thread.
 *
 * <pre>{@code
 * ServerConfig.of(8080);                           // all addresses of this machine, IPv4 and IPv6
 * ServerConfig.of(8080).withHost("127.0.0.1");     // this machine alone
 * ServerConfig.of(8080).withListener(Listener.https(8443, tls));
 * ServerConfig.of(Listener.unix(Path.of("/run/app/http.sock")));
 * ServerConfig.builder().port(0).limits(limits).build();
 * }</pre>
 *
 * <p>A server has one listener or several. What is said of host, port, TLS and the PROXY protocol
 * here is about the first one; {@link Listener} says it of the others.
 */
public final class ServerConfig {
  /** The default host: all IPv4 and IPv6 addresses of this machine. {@code ::} means the same. */
  public static final String ALL_ADDRESSES = "0.0.0.0";

  private static final Duration DEFAULT_HOLD_LIMIT = Duration.ofSeconds(1);
  private static final Duration MIN_HOLD_LIMIT = Duration.ofMillis(250);
  private static final Duration MAX_HOLD_LIMIT = Duration.ofDays(365);

  private final List<Listener> listeners;
  private final Limits limits;
  private final Duration holdLimit;
  private final Optional<Readiness> readiness;
  private final ExchangeListener exchangeListener;

  private ServerConfig(Builder builder) {
    listeners = List.copyOf(builder.listeners);
    limits = builder.limits;
    holdLimit = builder.holdLimit;
    readiness = builder.readiness;
    exchangeListener = builder.exchangeListener;
  }

  /**
   * All addresses of this machine, with default limits.
   *
   * @param port 0 to 65535; 0 picks a free one
   * @throws IllegalArgumentException when the port is out of range
   */
  public static ServerConfig of(int port) {
    return builder().port(port).build();
  }

  /** Exactly these listeners, with default limits. */
  public static ServerConfig of(Listener first, Listener... others) {
    return builder().build().withListeners(first, others);
  }

  /** A builder that holds the defaults: all addresses, a free port, default limits. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds the values of this configuration. */
  public Builder toBuilder() {
    Builder builder = builder();
    builder.listeners.clear();
    builder.listeners.addAll(listeners);
    return builder
        .limits(limits)
        .holdLimit(holdLimit)
        .readiness(readiness)
        .exchangeListener(exchangeListener);
  }

  /** Where the server listens, in the order in which the listeners were added; at least one. */
  public List<Listener> listeners() {
    return listeners;
  }

  /** What a client may send, and how long the server waits for it. */
  public Limits limits() {
    return limits;
  }

  /** How long a handler may hold an event loop before a warning is logged; zero: not watched. */
  public Duration holdLimit() {
    return holdLimit;
  }

  /** The readiness check that fails before the server drains. */
  public Optional<Readiness> readiness() {
    return readiness;
  }

  /** Notified of every exchange of the server; {@link ExchangeListener#NONE} by default. */
  public ExchangeListener exchangeListener() {
    return exchangeListener;
  }

  /** The first listener on another address: see {@link Builder#host}. */
  public ServerConfig withHost(String other) {
    return toBuilder().host(other).build();
  }

  /** With exactly these listeners. */
  public ServerConfig withListeners(Listener first, Listener... others) {
    Builder builder = toBuilder();
    builder.listeners.clear();
    builder.listeners.add(first);
    builder.listeners.addAll(List.of(others));
    return builder.build();
  }

  /** With one more listener, after the others. */
  public ServerConfig withListener(Listener further) {
    return toBuilder().listener(further).build();
  }

  /** With other limits. */
  public ServerConfig withLimits(Limits other) {
    return toBuilder().limits(other).build();
  }

  /** The first listener with TLS: it speaks HTTPS alone. */
  public ServerConfig withTls(Tls settings) {
    return toBuilder().tls(Optional.of(settings)).build();
  }

  /** The first listener behind load balancers: see {@link Builder#proxyProtocol}. */
  public ServerConfig withProxyProtocol(Network... trusted) {
    return toBuilder().proxyProtocol(List.of(trusted)).build();
  }

  /** With another limit for handlers that hold an event loop: see {@link Builder#holdLimit}. */
  public ServerConfig withHoldLimit(Duration other) {
    return toBuilder().holdLimit(other).build();
  }

  /** With a readiness check that fails before the server drains. */
  public ServerConfig withReadiness(Readiness check) {
    return toBuilder().readiness(Optional.of(check)).build();
  }

  /** With a listener that is notified of every exchange, for access logs and metrics. */
  public ServerConfig withExchangeListener(ExchangeListener listener) {
    return toBuilder().exchangeListener(listener).build();
  }

  /** Its listeners, as in {@code 127.0.0.1:8080, unix:/run/app/http.sock}. */
  @Override
  public String toString() {
    return listeners.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /** Collects the values of a {@link ServerConfig}. One thread at a time. */
  public static final class Builder {
    private final List<Listener> listeners = new ArrayList<>(List.of(Listener.http(0)));
    private Limits limits = Limits.DEFAULTS;
    private Duration holdLimit = DEFAULT_HOLD_LIMIT;
    private Optional<Readiness> readiness = Optional.empty();
    private ExchangeListener exchangeListener = ExchangeListener.NONE;

    private Builder() {}

    /**
     * A name or an address of this machine. {@code 0.0.0.0} and {@code ::} alike stand for all of
     * them, IPv4 and IPv6; {@code 127.0.0.1} is reached from this machine alone. Of the first
     * listener.
     *
     * @throws IllegalStateException when the first listener is a unix domain socket
     */
    public Builder host(String nameOrAddress) {
      return first(port("host").withHost(require(nameOrAddress, "host")));
    }

    /**
     * The port to listen on, of the first listener.
     *
     * @param number 0 to 65535; 0 picks a free one
     * @throws IllegalArgumentException when it is out of range
     * @throws IllegalStateException when the first listener is a unix domain socket
     */
    public Builder port(int number) {
      return first(port("port").withPort(number));
    }

    /** Adds one more listener, after the others. */
    public Builder listener(Listener further) {
      listeners.add(require(further, "listener"));
      return this;
    }

    private Builder first(Listener changed) {
      listeners.set(0, changed);
      return this;
    }

    private TcpListener port(String option) {
      return switch (listeners.getFirst()) {
        case TcpListener first -> first;
        case UnixListener first ->
            throw new IllegalStateException(
                option + ": expected the first listener to be a port, it is " + first);
      };
    }

    /** See {@link Limits}. */
    public Builder limits(Limits values) {
      limits = require(values, "limits");
      return this;
    }

    /** Certificates and settings of TLS of the first listener; empty for HTTP without TLS. */
    public Builder tls(Optional<Tls> settings) {
      return switch (listeners.getFirst()) {
        case TcpListener first -> first(first.withTls(settings));
        case UnixListener first -> first(first.withTls(settings));
      };
    }

    /**
     * The networks of load balancers that speak the PROXY protocol, version 1 or 2 (HAProxy's
     * {@code send-proxy}, nginx's {@code proxy_protocol}): each connection from there must begin
     * with its header, and {@link dev.leantea.http.Request#remoteAddress} is the client's. A
     * connection from there without one is closed. Elsewhere the header is no request: 400. Below
     * TLS, if there is TLS. Of the first listener; {@link UnixListener#withProxyProtocol} is for
     * unix domain sockets.
     *
     * @param trusted networks of load balancers alone: who connects from there can claim any
     *     address
     * @throws IllegalStateException when the first listener is a unix domain socket
     */
    public Builder proxyProtocol(List<Network> trusted) {
      return first(port("proxyProtocol").withProxyProtocol(trusted));
    }

    /**
     * How long a handler may hold an event loop before a warning with its stack is logged.
     *
     * @param time zero: not watched; else 250 ms to 365 days: a busy machine alone can hold a loop
     *     for a shorter time
     * @throws IllegalArgumentException when it is out of range
     */
    public Builder holdLimit(Duration time) {
      if (!time.isZero()
          && (time.compareTo(MIN_HOLD_LIMIT) < 0 || time.compareTo(MAX_HOLD_LIMIT) > 0)) {
        throw new IllegalArgumentException(
            "holdLimit: expected zero, or %s to %s, got %s"
                .formatted(MIN_HOLD_LIMIT, MAX_HOLD_LIMIT, time));
      }
      holdLimit = time;
      return this;
    }

    /** The readiness check that is to fail before the server drains; empty for none. */
    public Builder readiness(Optional<Readiness> check) {
      readiness = require(check, "readiness");
      return this;
    }

    /** Notified of every exchange of the server. */
    public Builder exchangeListener(ExchangeListener listener) {
      exchangeListener = require(listener, "exchange listener");
      return this;
    }

    private static <T> T require(T value, String name) {
      return Objects.requireNonNull(value, () -> name + ": expected a value, got null");
    }

    /** The configuration. */
    public ServerConfig build() {
      return new ServerConfig(this);
    }
  }
}
