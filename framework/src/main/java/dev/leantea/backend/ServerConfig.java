package dev.leantea.backend;

import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Limits;
import dev.leantea.net.Network;
import dev.leantea.tls.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a server listens, and what it accepts from its clients. Immutable; any thread.
 *
 * <pre>{@code
 * ServerConfig.of(8080);                           // all addresses of this machine, IPv4 and IPv6
 * ServerConfig.of(8080).withHost("127.0.0.1");     // this machine alone
 * ServerConfig.builder().port(0).limits(limits).build();
 * }</pre>
 */
public final class ServerConfig {
  /** The default host: all IPv4 and IPv6 addresses of this machine. {@code ::} means the same. */
  public static final String ALL_ADDRESSES = "0.0.0.0";

  private static final Duration DEFAULT_HOLD_LIMIT = Duration.ofSeconds(1);
  private static final Duration MIN_HOLD_LIMIT = Duration.ofMillis(250);
  private static final Duration MAX_HOLD_LIMIT = Duration.ofDays(365);
  private static final int MAX_PORT = 65_535;

  private final String host;
  private final int port;
  private final Limits limits;
  private final Optional<Tls> tls;
  private final List<Network> proxyProtocol;
  private final Duration holdLimit;
  private final Optional<Readiness> readiness;
  private final ExchangeListener exchangeListener;

  private ServerConfig(Builder builder) {
    host = builder.host;
    port = builder.port;
    limits = builder.limits;
    tls = builder.tls;
    proxyProtocol = builder.proxyProtocol;
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

  /** A builder that holds the defaults: all addresses, a free port, default limits. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds the values of this configuration. */
  public Builder toBuilder() {
    return builder()
        .host(host)
        .port(port)
        .limits(limits)
        .tls(tls)
        .proxyProtocol(proxyProtocol)
        .holdLimit(holdLimit)
        .readiness(readiness)
        .exchangeListener(exchangeListener);
  }

  /** A name or an address of this machine; {@link #ALL_ADDRESSES} for all of them. */
  public String host() {
    return host;
  }

  /** 0 to 65535; 0 picks a free one. */
  public int port() {
    return port;
  }

  /** What a client may send, and how long the server waits for it. */
  public Limits limits() {
    return limits;
  }

  /** Certificates and settings of TLS; empty for HTTP without TLS. */
  public Optional<Tls> tls() {
    return tls;
  }

  /** The networks whose connections begin with a header of the PROXY protocol; none by default. */
  public List<Network> proxyProtocol() {
    return proxyProtocol;
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

  /** Listens on another address: see {@link Builder#host}. */
  public ServerConfig withHost(String other) {
    return toBuilder().host(other).build();
  }

  /** With other limits. */
  public ServerConfig withLimits(Limits other) {
    return toBuilder().limits(other).build();
  }

  /** With TLS: the port speaks HTTPS alone. */
  public ServerConfig withTls(Tls settings) {
    return toBuilder().tls(Optional.of(settings)).build();
  }

  /** Behind load balancers that speak the PROXY protocol: see {@link Builder#proxyProtocol}. */
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

  /**
   * The address to bind; the wildcard address, which stands for IPv4 and IPv6 on a machine that has
   * both, for all addresses.
   *
   * @throws IllegalArgumentException when the host cannot be resolved
   */
  public InetSocketAddress address() {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress()
          ? new InetSocketAddress(port)
          : new InetSocketAddress(address, port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "host: expected a name or an address of this machine, got " + host, e);
    }
  }

  /** Host and port, as in {@code 127.0.0.1:8080} and {@code [::1]:8080}. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Collects the values of a {@link ServerConfig}. One thread at a time. */
  public static final class Builder {
    private String host = ALL_ADDRESSES;
    private int port;
    private Limits limits = Limits.DEFAULTS;
    private Optional<Tls> tls = Optional.empty();
    private List<Network> proxyProtocol = List.of();
    private Duration holdLimit = DEFAULT_HOLD_LIMIT;
    private Optional<Readiness> readiness = Optional.empty();
    private ExchangeListener exchangeListener = ExchangeListener.NONE;

    private Builder() {}

    /**
     * A name or an address of this machine. {@code 0.0.0.0} and {@code ::} alike stand for all of
     * them, IPv4 and IPv6; {@code 127.0.0.1} is reached from this machine alone.
     */
    public Builder host(String nameOrAddress) {
      host = nameOrAddress;
      return this;
    }

    /**
     * The port to listen on.
     *
     * @param number 0 to 65535; 0 picks a free one
     * @throws IllegalArgumentException when it is out of range
     */
    public Builder port(int number) {
      if (number < 0 || number > MAX_PORT) {
        throw new IllegalArgumentException("port: expected 0 to 65535, got " + number);
      }
      port = number;
      return this;
    }

    /** See {@link Limits}. */
    public Builder limits(Limits values) {
      limits = values;
      return this;
    }

    /** Certificates and settings of TLS; empty for HTTP without TLS. */
    public Builder tls(Optional<Tls> settings) {
      tls = settings;
      return this;
    }

    /**
     * The networks of load balancers that speak the PROXY protocol, version 1 or 2 (HAProxy's
     * {@code send-proxy}, nginx's {@code proxy_protocol}): each connection from there must begin
     * with its header, and {@link dev.leantea.http.Request#remoteAddress} is the client's. A
     * connection from there without one is closed. Elsewhere the header is no request: 400. Below
     * TLS, if there is TLS.
     *
     * @param trusted networks of load balancers alone: who connects from there can claim any
     *     address
     */
    public Builder proxyProtocol(List<Network> trusted) {
      proxyProtocol = List.copyOf(trusted);
      return this;
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
      readiness = check;
      return this;
    }

    /** Notified of every exchange of the server. */
    public Builder exchangeListener(ExchangeListener listener) {
      exchangeListener = listener;
      return this;
    }

    /** The configuration. */
    public ServerConfig build() {
      return new ServerConfig(this);
    }
  }
}
