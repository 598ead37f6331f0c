package dev.leantea.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::/0, ::1, true",
    "::/0, 127.0.0.1, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
  })
  void contains_isByTheFirstBits(String network, String address, boolean contained) {
    assertThat(Network.of(network).contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10/8",
        "10.0.0/8",
        "256.0.0.0/8",
        "localhost",
        "example.org/8",
        "::/129",
        ":::/8",
        "::1/8/8",
        "fe80::1%eth0",
        "10.0.0.0/8 ",
        "10.0.0.0/0008"
      })
  void of_isNoNetwork_saysWhatIsExpected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(text))
        .withMessage(
            "network: expected an IP address, or ADDRESS/BITS such as 10.0.0.0/8, got " + text);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/8, 10.0.0.0/8", "::1, 0:0:0:0:0:0:0:1/128"})
  void toString_isAddressAndBits(String text, String written) {
    assertThat(Network.of(text)).hasToString(written);
  }
}
