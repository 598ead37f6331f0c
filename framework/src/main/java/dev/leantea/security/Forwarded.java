package dev.leantea.security;

import dev.leantea.http.Authority;
import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.net.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a client's address, its scheme, and, if asked for, host and path prefix from what proxies
 * say that are trusted. Put it around all filters and handlers that look at them.
 *
 * <pre>{@code
 * Filter forwarded = Forwarded.xForwarded(Network.of("10.0.0.0/8")).withHost();
 * Handler application = forwarded.apply(router);
 * }</pre>
 *
 * <p>Choose the fields that <em>your</em> proxies set or remove, for they pass all others on as the
 * client sent them. Only what a peer in one of the networks sends is looked at. Of the addresses,
 * which each proxy appends to, the last one counts that is not in the networks: what stands before
 * it may be made up. An address that is malformed, {@code unknown} or hidden ends the search.
 *
 * <table>
 * <caption>Where what comes from</caption>
 * <tr><th></th><th>{@link #standard} (RFC 7239)</th><th>{@link #xForwarded}</th></tr>
 * <tr><td>{@link Request#remoteAddress}</td>
 *     <td>{@code for}</td><td>{@code X-Forwarded-For}</td></tr>
 * <tr><td>{@link Request#scheme}</td>
 *     <td>{@code proto} beside that</td><td>{@code X-Forwarded-Proto}, the last value</td></tr>
 * <tr><td>{@link Request#authority}, {@link #withHost}</td>
 *     <td>{@code host} beside that</td><td>{@code X-Forwarded-Host}, the last value</td></tr>
 * <tr><td>{@link Request#prefix}, {@link #withPrefix}</td>
 *     <td colspan="2">{@code X-Forwarded-Prefix}, the last value</td></tr>
 * </table>
 *
 * <p>A malformed value is ignored; a {@code Forwarded} line against the grammar is 400, for an open
 * quote could swallow what a proxy has appended. Immutable; any thread.
 */
public final class Forwarded implements Filter {
  private final boolean standard;
  private final List<Network> trusted;
  private final boolean unixSockets;
  private final boolean host;
  private final boolean prefix;

  private Forwarded(
      boolean standard, List<Network> trusted, boolean unixSockets, boolean host, boolean prefix) {
    this.standard = standard;
    this.trusted = trusted;
    this.unixSockets = unixSockets;
    this.host = host;
    this.prefix = prefix;
  }

  /**
   * A filter for proxies that set {@code Forwarded} (RFC 7239).
   *
   * @param trusted where the proxies are
   */
  public static Forwarded standard(Network... trusted) {
    return new Forwarded(true, List.of(trusted), false, false, false);
  }

  /**
   * A filter for proxies that set {@code X-Forwarded-For} and {@code X-Forwarded-Proto}.
   *
   * @param trusted where the proxies are
   */
  public static Forwarded xForwarded(Network... trusted) {
    return new Forwarded(false, List.of(trusted), false, false, false);
  }

  /** This filter, which trusts peers that connect through a Unix domain socket too. */
  public Forwarded withUnixSockets() {
    return new Forwarded(standard, trusted, true, host, prefix);
  }

  /** This filter, which takes the authority too: only if the proxies set or remove the field. */
  public Forwarded withHost() {
    return new Forwarded(standard, trusted, unixSockets, true, prefix);
  }

  /** This filter, which takes the prefix too: only if the proxies set or remove the field. */
  public Forwarded withPrefix() {
    return new Forwarded(standard, trusted, unixSockets, host, true);
  }

  /**
   * The address of a request's client, as text, for what sees requests before this filter does:
   * {@code AccessFormat.combined(forwarded::client)}.
   *
   * @return an IP address; {@code -} when there is none, as over a Unix domain socket
   */
  public String client(Request request) {
    SocketAddress address = request.remoteAddress();
    if (isTrusted(address)) {
      try {
        address = forwarded(request).remoteAddress();
      } catch (HttpException e) {
        // malformed: the client gets 400, and what is known is the peer
      }
    }
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "-";
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  @Override
  public Handler wrap(Handler next) {
    return request ->
        next.handle(isTrusted(request.remoteAddress()) ? forwarded(request) : request);
  }

  private boolean isTrusted(SocketAddress peer) {
    return switch (peer) {
      case InetSocketAddress internet when internet.getAddress() != null ->
          isTrusted(internet.getAddress());
      case UnixDomainSocketAddress _ -> unixSockets;
      default -> false;
    };
  }

  private boolean isTrusted(InetAddress address) {
    for (Network network : trusted) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The request as the client sent it.
   *
   * @throws HttpException 400 when a {@code Forwarded} line is malformed
   */
  private Request forwarded(Request request) {
    Hops hops =
        standard ? new StandardHops(request.headers()) : new XForwardedHops(request.headers());
    Request changed = request;
    Hop last = Hop.NONE;
    for (Optional<Hop> hop = hops.next(); hop.isPresent(); hop = hops.next()) {
      last = hop.get();
      if (last.client().isEmpty()) {
        break;
      }
      changed = changed.withRemoteAddress(last.client().get());
      if (!isTrusted(last.client().get().getAddress())) {
        break;
      }
    }
    changed = withOrigin(changed, hops.origin(last));
    return prefix ? withPrefix(changed) : changed;
  }

  private Request withOrigin(Request request, Hop hop) {
    Request changed = scheme(hop.scheme()).map(request::withScheme).orElse(request);
    return hop.host()
        .filter(it -> host && !it.isEmpty() && !it.startsWith(":") && Authority.isValid(it))
        .map(changed::withAuthority)
        .orElse(changed);
  }

  private static Optional<String> scheme(Optional<String> proto) {
    return proto.flatMap(
        it ->
            switch (it.toLowerCase(Locale.ROOT)) {
              case "http", "ws" -> Optional.of("http");
              case "https", "wss" -> Optional.of("https");
              default -> Optional.empty();
            });
  }

  private static Request withPrefix(Request request) {
    String text = XForwardedHops.last(request.headers(), "X-Forwarded-Prefix").orElse("");
    try {
      return request.withPrefix(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      return request; // malformed
    }
  }
}
