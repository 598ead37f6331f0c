package dev.leantea.backend;

import dev.leantea.net.Network;
import dev.leantea.tls.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** A port of this machine, for HTTP or HTTPS: see {@link Listener}. Immutable; any thread. */
public final class TcpListener implements Listener {
  private static final int MAX_PORT = 65_535;

  private final String host;
  private final int port;
  private final Optional<Tls> tls;
  private final List<Network> proxyProtocol;

  TcpListener(int port) {
    this(ServerConfig.ALL_ADDRESSES, requirePort(port), Optional.empty(), List.of());
  }

  private TcpListener(String host, int port, Optional<Tls> tls, List<Network> proxyProtocol) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.proxyProtocol = proxyProtocol;
  }

  private static int requirePort(int number) {
    if (number < 0 || number > MAX_PORT) {
      throw new IllegalArgumentException("port: expected 0 to 65535, got " + number);
    }
    return number;
  }

  /** A name or an address of this machine; {@link ServerConfig#ALL_ADDRESSES} for all of them. */
  public String host() {
    return host;
  }

  /** 0 to 65535; 0 picks a free one. */
  public int port() {
    return port;
  }

  @Override
  public Optional<Tls> tls() {
    return tls;
  }

  /** The networks whose connections begin with a header of the PROXY protocol; none by default. */
  public List<Network> proxyProtocol() {
    return proxyProtocol;
  }

  /**
   * The same port on another address.
   *
   * @param nameOrAddress {@code 0.0.0.0} and {@code ::} alike stand for all addresses of this
   *     machine, IPv4 and IPv6; {@code 127.0.0.1} is reached from this machine alone
   */
  public TcpListener withHost(String nameOrAddress) {
    return new TcpListener(nameOrAddress, port, tls, proxyProtocol);
  }

  /**
   * Another port.
   *
   * @param number 0 to 65535; 0 picks a free one
   * @throws IllegalArgumentException when it is out of range
   */
  public TcpListener withPort(int number) {
    return new TcpListener(host, requirePort(number), tls, proxyProtocol);
  }

  @Override
  public TcpListener withTls(Tls settings) {
    return withTls(Optional.of(settings));
  }

  TcpListener withTls(Optional<Tls> settings) {
    return new TcpListener(host, port, settings, proxyProtocol);
  }

  /** Behind load balancers of these networks: see {@link ServerConfig.Builder#proxyProtocol}. */
  public TcpListener withProxyProtocol(Network... trusted) {
    return withProxyProtocol(List.of(trusted));
  }

  TcpListener withProxyProtocol(List<Network> trusted) {
    return new TcpListener(host, port, tls, List.copyOf(trusted));
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
}
