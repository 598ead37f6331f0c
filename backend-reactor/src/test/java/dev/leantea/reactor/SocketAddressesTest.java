package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SocketAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 1, 16",
    "255.254.253.252, 65535, 16",
    "0.0.0.0, 0, 16",
    "::1, 8080, 28",
    "2001:db8:1:2:3:4:5:6, 33000, 28"
  })
  void read_whatWasWritten_isTheSame(String host, int port, int bytes) throws Exception {
    var address = new InetSocketAddress(InetAddress.getByName(host), port);
    try (Arena arena = Arena.ofConfined()) {
      var addresses = new SocketAddresses(arena);
      assertThat(addresses.write(address)).isEqualTo(bytes);
      assertThat(addresses.read()).isEqualTo(address);
    }
  }

  @Test
  void read_linkLocal_keepsItsScope() throws Exception {
    byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
    var address = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, 7), 80);
    try (Arena arena = Arena.ofConfined()) {
      var addresses = new SocketAddresses(arena);
      addresses.write(address);
      Inet6Address read = (Inet6Address) ((InetSocketAddress) addresses.read()).getAddress();
      assertThat(read.getScopeId()).isEqualTo(7);
    }
  }

  @Test
  void family_byTheAddress_isTheKernels() throws Exception {
    assertThat(SocketAddresses.family(new InetSocketAddress(Inet4Address.ofLiteral("1.2.3.4"), 1)))
        .isEqualTo(Abi.AF_INET);
    assertThat(SocketAddresses.family(new InetSocketAddress(Inet6Address.ofLiteral("::"), 1)))
        .isEqualTo(Abi.AF_INET6);
  }
}
