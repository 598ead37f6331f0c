package dev.leantea.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Limits;
import dev.leantea.net.Network;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server behind a load balancer that speaks the PROXY protocol. */
public abstract class ProxyProtocolContract extends ServerContract {
  private static final String GET = "GET /remote HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /** Headers, and the address of the client in them. */
  enum Header {
    V1_IPV4("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n", "/192.0.2.1:56324"),
    V1_IPV6("PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n", "/[2001:db8:0:0:0:0:0:1]:56324"),
    V1_UNKNOWN("PROXY UNKNOWN\r\n", ""),
    V2_IPV4(binary("2111000cc0000201c6336401dc0401bb"), "/192.0.2.1:56324"),
    V2_LOCAL(binary("20000000"), "");

    /** In ISO 8859-1. */
    final String bytes;

    /** Empty where it is that of the connection. */
    final String client;

    Header(String bytes, String client) {
      this.bytes = bytes;
      this.client = client;
    }

    private static String binary(String hex) {
      byte[] bytes = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + hex);
      return new String(bytes, ISO_8859_1);
    }

    String expected(WireClient from) {
      return client.isEmpty() ? "/127.0.0.1:" + from.socket().getLocalPort() : client;
    }

    String andRequest() {
      return bytes + GET;
    }
  }

  private Server behind(String network, Limits limits) {
    ServerConfig config = onLoopback().withLimits(limits).withProxyProtocol(Network.of(network));
    return serve(config, ContractApplication.routes());
  }

  private Server behind(String network) {
    return behind(network, Limits.DEFAULTS);
  }

  @ParameterizedTest
  @EnumSource(Header.class)
  void header_withTheRequest_isTheAddressOfAllItsRequests(Header header) throws IOException {
    try (Server server = behind("127.0.0.0/8");
        var client = new WireClient(server.port())) {
      client.send(header.andRequest());
      assertThat(client.read().text()).isEqualTo(header.expected(client));
      assertThat(client.get("/remote").read().text()).isEqualTo(header.expected(client));
    }
  }

  @ParameterizedTest
  @EnumSource(Header.class)
  void header_byteByByte_isRead(Header header) throws IOException {
    try (Server server = behind("127.0.0.0/8");
        var client = new WireClient(server.port())) {
      for (char next : header.andRequest().toCharArray()) {
        client.send(Character.toString(next));
      }
      assertThat(client.read().text()).isEqualTo(header.expected(client));
    }
  }

  @Test
  void request_withoutAHeader_closesTheConnectionAndNoOther() throws IOException {
    try (Server server = behind("127.0.0.0/8");
        var client = new WireClient(server.port());
        var good = new WireClient(server.port())) {
      client.send(GET).awaitEnd();
      good.send(Header.V1_IPV4.andRequest());
      assertThat(good.read().text()).isEqualTo("/192.0.2.1:56324");
    }
  }

  @Test
  void header_fromElsewhere_isNoRequest() throws IOException {
    try (Server server = behind("192.0.2.0/24");
        var claims = new WireClient(server.port());
        var client = new WireClient(server.port())) {
      assertThat(claims.send(Header.V1_IPV4.andRequest()).read().status()).isEqualTo(400);
      String own = "/127.0.0.1:" + client.socket().getLocalPort();
      assertThat(client.get("/remote").read().text()).isEqualTo(own);
    }
  }

  @Test
  void header_twice_isNoRequest() throws IOException {
    try (Server server = behind("127.0.0.0/8");
        var client = new WireClient(server.port())) {
      client.send(Header.V1_IPV4.bytes);
      assertThat(client.send(Header.V1_IPV4.andRequest()).read().status()).isEqualTo(400);
    }
  }

  @Test
  void header_doesNotCome_closesTheConnection() throws IOException {
    Limits limits = Limits.DEFAULTS.withHeadTimeout(Duration.ofMillis(300));
    try (Server server = behind("127.0.0.0/8", limits);
        var silent = new WireClient(server.port());
        var slow = new WireClient(server.port())) {
      slow.send("PROXY TCP4");
      silent.awaitEnd();
      slow.awaitEnd();
    }
  }

  @Test
  void connectionBeyondTheLimit_is503AfterItsHeader() throws IOException {
    try (Server server = behind("127.0.0.0/8", Limits.DEFAULTS.withConnections(1));
        var first = new WireClient(server.port())) {
      assertThat(first.send(Header.V1_IPV4.andRequest()).read().status()).isEqualTo(200);
      try (var second = new WireClient(server.port())) {
        assertThat(second.send(Header.V1_IPV4.andRequest()).read().status()).isEqualTo(503);
      }
    }
  }

  @Test
  void drain_endsConnectionsThatWaitForAHeader() throws IOException {
    Server server = behind("127.0.0.0/8");
    try (var silent = new WireClient(server.port());
        var slow = new WireClient(server.port());
        var idle = new WireClient(server.port())) {
      slow.send("PROXY TCP4");
      assertThat(idle.send(Header.V1_IPV4.andRequest()).read().status()).isEqualTo(200);
      server.close();
      silent.awaitEnd();
      slow.awaitEnd();
      idle.awaitEnd();
    }
  }
}
