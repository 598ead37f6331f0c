package dev.leantea.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.net.Network;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedTest {
  private static final Network[] PROXIES = {Network.of("10.0.0.0/8"), Network.of("fd00::/8")};

  private static final Filter X = Forwarded.xForwarded(PROXIES).withHost().withPrefix();
  private static final Filter STANDARD = Forwarded.standard(PROXIES).withHost().withPrefix();

  private static final Handler SEEN =
      Handler.nonBlocking(
          it ->
              Response.text(
                  200,
                  String.join(
                      " ",
                      address(it),
                      it.scheme(),
                      it.authority(),
                      it.prefix().isEmpty() ? "-" : it.prefix())));

  private static String address(Request request) {
    return request.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress() + "#" + address.getPort()
        : "unix";
  }

  private static Request from(String peer) {
    return Request.of(Method.GET, "/").withRemoteAddress(new InetSocketAddress(peer, 5));
  }

  private static String seen(Filter filter, Request request) throws Exception {
    return filter.apply(SEEN).handle(request).bodyText();
  }

  private static Request with(String peer, String name, List<String> lines) {
    Request request = from(peer);
    for (String line : lines) {
      request = request.withAddedHeader(name, line);
    }
    return request;
  }

  private static String client(Filter filter, String name, String... lines) throws Exception {
    return seen(filter, with("10.0.0.1", name, List.of(lines))).replaceFirst(" .*", "");
  }

  // ---- who is trusted

  @Test
  void untrustedPeer_isNeverBelieved() throws Exception {
    for (Filter filter : new Filter[] {X, STANDARD, Forwarded.xForwarded(), Forwarded.standard()}) {
      Request spoofed =
          from("203.0.113.9")
              .withHeader("X-Forwarded-For", "10.0.0.7")
              .withHeader("X-Forwarded-Proto", "https")
              .withHeader("X-Forwarded-Host", "evil.example")
              .withHeader("X-Forwarded-Prefix", "/evil")
              .withHeader("Forwarded", "for=10.0.0.7;proto=https;host=evil.example");
      assertThat(seen(filter, spoofed)).isEqualTo("203.0.113.9#5 http localhost -");
    }
  }

  @Test
  void trustedPeer_isBelieved() throws Exception {
    Request request =
        from("10.0.0.1")
            .withHeader("X-Forwarded-For", "203.0.113.9")
            .withHeader("X-Forwarded-Proto", "https")
            .withHeader("X-Forwarded-Host", "tea.example:8443")
            .withHeader("X-Forwarded-Prefix", "/app/")
            .withHeader("Forwarded", "for=192.0.2.1;proto=http;host=other");
    assertThat(seen(X, request)).isEqualTo("203.0.113.9#0 https tea.example:8443 /app");
    assertThat(seen(STANDARD, request)).isEqualTo("192.0.2.1#0 http other /app");
  }

  @Test
  void fieldsThatTheProxyDoesNotSet_areNotReadUnlessAskedFor() throws Exception {
    Request request =
        from("10.0.0.1")
            .withHeader("X-Forwarded-For", "203.0.113.9")
            .withHeader("X-Forwarded-Host", "evil.example")
            .withHeader("X-Forwarded-Prefix", "/evil")
            .withHeader("Forwarded", "for=192.0.2.1;host=evil.example");
    assertThat(seen(Forwarded.xForwarded(PROXIES), request))
        .isEqualTo("203.0.113.9#0 http localhost -");
    assertThat(seen(Forwarded.standard(PROXIES), request))
        .isEqualTo("192.0.2.1#0 http localhost -");
  }

  @Test
  void unixDomainSocket_isTrustedIfAskedFor() throws Exception {
    Request request =
        from("10.0.0.1")
            .withRemoteAddress(UnixDomainSocketAddress.of(""))
            .withHeader("X-Forwarded-For", "203.0.113.9");
    assertThat(seen(X, request)).startsWith("unix ");
    assertThat(seen(Forwarded.xForwarded().withUnixSockets(), request))
        .isEqualTo("203.0.113.9#0 http localhost -");
  }

  @Test
  void withoutFields_nothingChanges_andNothingBlocks() throws Exception {
    assertThat(seen(X, from("10.0.0.1"))).isEqualTo("10.0.0.1#5 http localhost -");
    assertThat(seen(STANDARD, from("10.0.0.1"))).isEqualTo("10.0.0.1#5 http localhost -");
    assertThat(X.apply(SEEN).execution()).isEqualTo(Execution.NON_BLOCKING);
  }

  // ---- which address

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9                                  | 203.0.113.9#0",
        "203.0.113.9:4711                             | 203.0.113.9#4711",
        "198.51.100.1, 203.0.113.9                    | 203.0.113.9#0",
        "127.0.0.1, 203.0.113.9, 10.0.0.3,10.9.9.9    | 203.0.113.9#0",
        "10.0.0.4, 10.0.0.3                           | 10.0.0.4#0",
        "2001:db8::1                                  | 2001:db8:0:0:0:0:0:1#0",
        "[2001:db8::1]:80, fd00::5                    | 2001:db8:0:0:0:0:0:1#80",
        "203.0.113.9, ::ffff:10.0.0.1                 | 203.0.113.9#0",
        "203.0.113.9, unknown                         | 10.0.0.1#5",
        "203.0.113.9, _hidden, 10.0.0.3               | 10.0.0.3#0",
        "203.0.113.9,                                 | 10.0.0.1#5",
        "evil.example                                 | 10.0.0.1#5",
        "203.0.113.9.1                                | 10.0.0.1#5",
        "300.0.0.1                                    | 10.0.0.1#5",
        "3405803785                                   | 10.0.0.1#5",
        "127.1                                        | 10.0.0.1#5",
        "203.0.113.9:99999                            | 10.0.0.1#5",
        "203.0.113.9:                                 | 10.0.0.1#5",
        "fe80::1%eth0                                 | 10.0.0.1#5",
        "[::1                                         | 10.0.0.1#5",
        ":::                                          | 10.0.0.1#5",
        "garbage, 203.0.113.9                         | 203.0.113.9#0"
      })
  void xForwardedFor_lastAddressThatIsNotTrusted(String line, String client) throws Exception {
    assertThat(client(X, "X-Forwarded-For", line)).isEqualTo(client);
  }

  @Test
  void lines_areOneList() throws Exception {
    assertThat(client(X, "X-Forwarded-For", "1.1.1.1, 203.0.113.9", "10.0.0.2", "10.0.0.3"))
        .isEqualTo("203.0.113.9#0");
    assertThat(client(STANDARD, "Forwarded", "for=1.1.1.1", "for=203.0.113.9", "for=10.0.0.3"))
        .isEqualTo("203.0.113.9#0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=203.0.113.9                                   | 203.0.113.9#0",
        "For=\"203.0.113.9:4711\"; by=10.0.0.1             | 203.0.113.9#4711",
        "for=1.1.1.1, for=203.0.113.9, for=10.0.0.3        | 203.0.113.9#0",
        "for=\"[2001:db8::1]:80\",for=\"[fd00::1]\"        | 2001:db8:0:0:0:0:0:1#80",
        "for=\"[2001:db8::1]:_port\"                       | 2001:db8:0:0:0:0:0:1#0",
        "for=\"203.0\\.113.9\"                             | 203.0.113.9#0",
        "for=203.0.113.9:4711                              | 203.0.113.9#4711",
        "for=1.1.1.1, for=unknown                          | 10.0.0.1#5",
        "for=1.1.1.1, for=_hidden, for=10.0.0.3            | 10.0.0.3#0",
        "for=1.1.1.1, proto=https                          | 10.0.0.1#5",
        "for=\"1.1.1.1, for=2.2.2.2\", for=203.0.113.9     | 203.0.113.9#0",
        ", ;, for=203.0.113.9;, ,                          | 203.0.113.9#0"
      })
  void forwarded_lastAddressThatIsNotTrusted(String line, String client) throws Exception {
    assertThat(client(STANDARD, "Forwarded", line)).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=\", for=203.0.113.9", // would swallow what the proxy has appended
        "for=\"\\",
        "for",
        "for=",
        "=1.1.1.1",
        "for=1.1.1.1;for=2.2.2.2",
        "for =1.1.1.1",
        "for=1.1.1.1 proto=https",
        "for=\"a\"b",
        "for=1.1.1.1\"",
        "for=\u00e4"
      })
  void forwarded_malformed_isRefused(String line) {
    assertThatThrownBy(() -> client(STANDARD, "Forwarded", line))
        .isInstanceOfSatisfying(
            HttpException.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e.reason()).startsWith("Forwarded: expected name=value pairs");
            });
  }

  @Test
  void forwarded_malformedLineOfTheClient_isNotReached() throws Exception {
    assertThat(client(STANDARD, "Forwarded", "for=\"", "for=203.0.113.9"))
        .isEqualTo("203.0.113.9#0");
  }

  // ---- scheme, host, prefix

  @Test
  void schemeAndHost_areThoseBesideTheClientsAddress() throws Exception {
    Request request =
        with(
            "10.0.0.1",
            "Forwarded",
            List.of(
                "for=1.1.1.1;proto=http;host=evil.example, for=203.0.113.9;proto=HTTPS;host=a.b,"
                    + " for=10.0.0.2;proto=http;host=inner"));
    assertThat(seen(STANDARD, request)).isEqualTo("203.0.113.9#0 https a.b -");
  }

  @ParameterizedTest
  @CsvSource({
    "https, https",
    "HTTPS, https",
    "wss, https",
    "ws, http",
    "'http, https', https",
    "'https,http', http",
    "ftp, http",
    "'https\t', https",
    "'', http"
  })
  void xForwardedProto_theLastValue(String value, String scheme) throws Exception {
    Request request = from("10.0.0.1").withHeader("X-Forwarded-Proto", value);
    assertThat(seen(X, request)).isEqualTo("10.0.0.1#5 " + scheme + " localhost -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":80", "a b", "a/b", "user@evil.example", "a:b", "a,", "<script>"})
  void xForwardedHost_malformed_isIgnored(String host) throws Exception {
    Request request = from("10.0.0.1").withHeader("X-Forwarded-Host", host);
    assertThat(seen(X, request)).isEqualTo("10.0.0.1#5 http localhost -");
  }

  @Test
  void xForwardedHostAndPrefix_theLastValue() throws Exception {
    Request request =
        from("10.0.0.1")
            .withAddedHeader("X-Forwarded-Host", "evil.example")
            .withAddedHeader("X-Forwarded-Host", "evil.example, tea.example")
            .withAddedHeader("X-Forwarded-Prefix", "/evil, /app");
    assertThat(seen(X, request)).isEqualTo("10.0.0.1#5 http tea.example /app");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "app", "//evil.example", "/\\evil", "/a?b", "/a/../..", "/a//", "/a b"})
  void xForwardedPrefix_malformed_isIgnored(String prefix) throws Exception {
    Request request = from("10.0.0.1").withHeader("X-Forwarded-Prefix", prefix);
    assertThat(seen(X, request)).isEqualTo("10.0.0.1#5 http localhost -");
  }

  /** For access logs, which see requests before the filter does. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 203.0.113.9, 203.0.113.9",
    "10.0.0.1, '198.51.100.1, 203.0.113.9', 203.0.113.9",
    "10.0.0.1, , 10.0.0.1",
    "203.0.113.7, 198.51.100.1, 203.0.113.7",
  })
  void client_isWhatTrustedPeersSay(String peer, String forwardedFor, String expected) {
    List<String> lines = forwardedFor == null ? List.of() : List.of(forwardedFor);
    assertThat(Forwarded.xForwarded(PROXIES).client(with(peer, "X-Forwarded-For", lines)))
        .isEqualTo(expected);
  }

  @Test
  void client_malformedOrUnix_isThePeer() {
    Request malformed = from("10.0.0.1").withHeader("Forwarded", "for=\"203.0.113.9");
    assertThat(Forwarded.standard(PROXIES).client(malformed)).isEqualTo("10.0.0.1");
    Request unix = Request.of(Method.GET, "/").withRemoteAddress(UnixDomainSocketAddress.of(""));
    assertThat(Forwarded.xForwarded(PROXIES).client(unix)).isEqualTo("-");
  }
}
