package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a server listens on, and what happens where it cannot. */
public abstract class ListenContract extends ServerContract {
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";

  @Test
  void host_oneAddress_isTheOnlyOne() throws IOException {
    assertThat(server().address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(remoteAddress(IPV4, port())).startsWith("/127.0.0.1:");
    assertThatThrownBy(() -> remoteAddress(IPV6, port())).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {ServerConfig.ALL_ADDRESSES, "::"})
  void host_allAddresses_areThoseOfBothFamilies(String host) throws IOException {
    try (Server all = serve(ServerConfig.of(0).withHost(host), application())) {
      assertThat(all.address().getAddress().isAnyLocalAddress()).isTrue();
      assertThat(remoteAddress(IPV4, all.port())).startsWith("/127.0.0.1:");
      assumeTrue(hasIpv6(), "this machine has no IPv6");
      assertThat(remoteAddress(IPV6, all.port()))
          .startsWith("/[0:0:0:0:0:0:0:1]:"); // without the name of an interface
    }
  }

  @Test
  void host_ipv6Address_isReached() throws IOException {
    assumeTrue(hasIpv6(), "this machine has no IPv6");
    try (Server ipv6 = serve(ServerConfig.of(0).withHost(IPV6), application())) {
      assertThat(remoteAddress(IPV6, ipv6.port())).startsWith("/[0:0:0:0:0:0:0:1]:");
    }
  }

  private static boolean hasIpv6() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .map(InetAddress::getHostAddress)
        .anyMatch(it -> it.startsWith("0:0:0:0:0:0:0:1"));
  }

  /** How the server sees a client that connects to the address. */
  private static String remoteAddress(String address, int port) throws IOException {
    try (var client = new WireClient(InetAddress.ofLiteral(address), port)) {
      return client.get("/remote").read().text();
    }
  }

  @Test
  void port_inUseByTheSameBackend_isAnErrorThatNamesIt() {
    ServerConfig taken = onLoopback().toBuilder().port(port()).build();
    assertThatThrownBy(() -> serve(taken, application()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "cannot listen on 127.0.0.1:%d: Address already in use; expected a free port of an"
                + " address of this machine",
            port());
  }

  @Test
  void port_inUseByAnotherProgram_isAnErrorThatNamesIt() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral(IPV4))) {
      ServerConfig taken = onLoopback().toBuilder().port(other.getLocalPort()).build();
      assertThatThrownBy(() -> serve(taken, application()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("cannot listen on 127.0.0.1:" + other.getLocalPort());
    }
  }

  @Test
  void host_addressOfAnotherMachine_isAnErrorThatNamesIt() {
    // TEST-NET-1, RFC 5737: nobody has it
    assertThatThrownBy(() -> serve(ServerConfig.of(0).withHost("192.0.2.1"), application()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot listen on 192.0.2.1:0: Cannot assign requested address");
  }

  /** A mistake of configuration, as a rule; however often clients repeat it. */
  @Test
  void tlsOnAPlainPort_isLoggedOnce() throws Exception {
    try (RecordedLog log = new RecordedLog();
        Server plain = serve(onLoopback(), application())) {
      for (int i = 0; i < 3; i++) {
        try (var client = new WireClient(plain.port())) {
          client.send("\026\003\001\001\000\001\000\000\374\003\003");
          assertThat(client.read().status()).isEqualTo(400);
        }
      }
      assertThat(log.messages("a client speaks TLS to a port that is configured without"))
          .hasSize(1);
    }
  }
}
