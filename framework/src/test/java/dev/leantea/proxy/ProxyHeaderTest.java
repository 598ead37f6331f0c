package dev.leantea.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.proxy.ProxyHeader.Complete;
import dev.leantea.proxy.ProxyHeader.Incomplete;
import dev.leantea.proxy.ProxyHeader.Malformed;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  /** 192.0.2.1:56324 to 198.51.100.1:443. */
  private static final String IPV4 = "c0000201" + "c6336401" + "dc04" + "01bb";

  private static final String IPV6 =
      "20010db8000000000000000000000001" + "20010db8000000000000000000000002" + "dc04" + "01bb";

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(ISO_8859_1);
  }

  private static byte[] binary(String hex) {
    return HexFormat.of().parseHex(SIGNATURE + hex);
  }

  private static ProxyHeader read(byte[] bytes) {
    return ProxyHeader.read(bytes, bytes.length);
  }

  private static Optional<SocketAddress> client(String address, int port) {
    return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
  }

  /** Read piece by piece, it is incomplete until its last byte; what follows does not matter. */
  private static void requireComplete(byte[] header, Optional<SocketAddress> client) {
    for (int length = 0; length < header.length; length++) {
      assertThat(ProxyHeader.read(header, length)).isEqualTo(new Incomplete());
    }
    var more = new ByteArrayOutputStream();
    more.writeBytes(header);
    more.writeBytes(line("GET / HTTP/1.1"));
    assertThat(read(header)).isEqualTo(new Complete(header.length, client));
    assertThat(read(more.toByteArray())).isEqualTo(new Complete(header.length, client));
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443, 192.0.2.1, 56324",
    "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535, 255.255.255.255, 65535",
    "PROXY TCP4 0.0.0.0 0.0.0.0 0 0, 0.0.0.0, 0",
    "PROXY TCP6 2001:db8::1 2001:db8::2 56324 443, 2001:db8::1, 56324",
    "PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2, 192.0.2.1, 1",
  })
  void line_ofTcp_isTheClientsAddress(String text, String address, int port) {
    requireComplete(line(text), client(address, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY UNKNOWN",
        "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535",
        "PROXY UNKNOWN what ever may follow, up to the end of the line"
      })
  void line_ofAnUnknownKind_hasNoAddress(String text) {
    requireComplete(line(text), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY",
        "PROXY ",
        "PROXY TCP5 192.0.2.1 198.51.100.1 56324 443",
        "proxy TCP4 192.0.2.1 198.51.100.1 56324 443",
        "PROXY tcp4 192.0.2.1 198.51.100.1 56324 443",
        "PROXY  TCP4 192.0.2.1 198.51.100.1 56324 443",
        "PROXY TCP4 192.0.2.1 198.51.100.1 56324",
        "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 1",
        "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 ",
        "PROXY TCP4 192.0.2.1 198.51.100.1 65536 443",
        "PROXY TCP4 192.0.2.1 198.51.100.1 -1 443",
        "PROXY TCP4 192.0.2.1 198.51.100.1 056324 443",
        "PROXY TCP4 192.0.2.256 198.51.100.1 56324 443",
        "PROXY TCP4 192.0.2 198.51.100.1 56324 443",
        "PROXY TCP4 localhost 198.51.100.1 56324 443",
        "PROXY TCP4 2001:db8::1 2001:db8::2 56324 443",
        "PROXY TCP6 192.0.2.1 198.51.100.1 56324 443",
        "PROXY TCP6 2001:db8:::1 2001:db8::2 56324 443",
        "PUT / HTTP/1.1",
        "GET / HTTP/1.1"
      })
  void line_isNoHeader_isMalformed(String text) {
    assertThat(read(line(text))).isInstanceOf(Malformed.class);
  }

  @Test
  void line_endsInLineFeedAlone_isMalformed() {
    byte[] text = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\n".getBytes(ISO_8859_1);
    assertThat(read(text)).isInstanceOf(Malformed.class);
  }

  @Test
  void line_of107Bytes_isTheLongest() {
    byte[] longest = line("PROXY UNKNOWN" + " ".repeat(92));
    assertThat(longest).hasSize(107);
    requireComplete(longest, Optional.empty());
    byte[] longer = line("PROXY UNKNOWN" + " ".repeat(93));
    assertThat(ProxyHeader.read(longer, 106)).isEqualTo(new Incomplete());
    assertThat(ProxyHeader.read(longer, 107)).isInstanceOf(Malformed.class);
  }

  @Test
  void binary_ofTcp_isTheClientsAddress() {
    requireComplete(binary("2111000c" + IPV4), client("192.0.2.1", 56324));
    requireComplete(binary("21210024" + IPV6), client("2001:db8::1", 56324));
  }

  @Test
  void binary_extensions_areSkipped() {
    requireComplete(binary("21110013" + IPV4 + "04000400000000"), client("192.0.2.1", 56324));
    requireComplete(binary("2111000f" + IPV4 + "ea0000"), client("192.0.2.1", 56324));
  }

  /** LOCAL; LOCAL with addresses; unspecified; datagrams; unix sockets. */
  @ParameterizedTest
  @ValueSource(strings = {"20000000", "2011000c", "21000000", "2112000c", "213100d8"})
  void binary_notOfAClientOverTcp_hasNoAddress(String head) {
    int length = Integer.parseInt(head.substring(4), 16);
    requireComplete(binary(head + "00".repeat(length)), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1111000c" + IPV4, // version 1
        "2211000c" + IPV4, // no such command
        "2111000b" + "c0000201c6336401dc0401", // addresses cut off
        "2111000e" + IPV4 + "0400", // half an extension
        "2111000f" + IPV4 + "040001", // an extension beyond the header
        "21110013" + IPV4 + "03000400000000", // a wrong checksum
        "21110011" + IPV4 + "0300020000", // no checksum
        "21111000" // longer than is read
      })
  void binary_isNoHeader_isMalformed(String hex) {
    assertThat(read(binary(hex))).isInstanceOf(Malformed.class);
  }

  @Test
  void binary_otherSignature_isMalformedAtItsFirstWrongByte() {
    byte[] wrong = binary("2111000c" + IPV4);
    wrong[11] = 0;
    assertThat(ProxyHeader.read(wrong, 11)).isEqualTo(new Incomplete());
    assertThat(ProxyHeader.read(wrong, 12)).isInstanceOf(Malformed.class);
  }

  @Test
  void binary_checksum_isVerified() {
    byte[] header = binary("21110013" + IPV4 + "03000400000000");
    var checksum = new CRC32C();
    checksum.update(header);
    for (int i = 0; i < 4; i++) {
      header[header.length - 4 + i] = (byte) (checksum.getValue() >> (24 - 8 * i));
    }
    requireComplete(header, client("192.0.2.1", 56324));
    header[16] ^= 1; // the client's address
    assertThat(read(header)).isInstanceOf(Malformed.class);
  }
}
