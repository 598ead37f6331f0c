package dev.leantea.tls.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.leantea.tls.certificate.Identity;
import dev.leantea.tls.engine.Plaintext;
import dev.leantea.tls.engine.TlsEngine;
import dev.leantea.tls.engine.TlsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine in memory, with the JDK's engine as the client: handshakes, data, errors. */
final class OpenSslEngineTest {
  private static final String TLS_1_2 = "TLSv1.2";
  private static final String TLS_1_3 = "TLSv1.3";

  /** Version 3.2, random, no session, one suite, no compression, no extensions. */
  private static final String HELLO_OF_TLS_1_1 =
      "160301002d" + "01000029" + "0302" + "5a".repeat(32) + "00" + "0002c009" + "0100";

  private static final int MEBIBYTE = 1 << 20;

  private static final Map<String, Identity> LOCALHOST = new HashMap<>();

  @TempDir private static Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    for (String algorithm : TestKeys.ALGORITHMS) {
      LOCALHOST.put(algorithm, TestKeys.in(folder).selfSigned("localhost", algorithm));
    }
  }

  static Stream<Arguments> versionsAndKeys() {
    return Stream.of(TLS_1_2, TLS_1_3)
        .flatMap(version -> TestKeys.ALGORITHMS.stream().map(it -> Arguments.of(version, it)));
  }

  private static TestServer server(String algorithm) throws Exception {
    return TestServer.of(Objects.requireNonNull(LOCALHOST.get(algorithm)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("versionsAndKeys")
  void handshake_eachVersionAndKey_isComplete(String version, String algorithm) throws Exception {
    try (TestServer server = server(algorithm);
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, version);
      assertThat(engine.isHandshakeComplete()).isFalse();
      link.connect();
      assertThat(engine.isHandshakeComplete()).isTrue();
      assertThat(engine.session().version()).isEqualTo(version);
      assertThat(engine.session().cipherSuite())
          .isEqualTo(link.client.engine().getSession().getCipherSuite());
      assertThat(engine.session().serverName()).contains("localhost");
      assertThat(engine.session().peerCertificates()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("versionsAndKeys")
  void data_oneMebibyteBothWays_arrives(String version, String algorithm) throws Exception {
    try (TestServer server = server(algorithm);
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, version).connect();
      byte[] data = random(MEBIBYTE);
      link.toServer(link.client.send(data));
      assertThat(link.take()).isEqualTo(data);
      link.send(data);
      assertThat(link.client.take()).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @MethodSource("versionsAndKeys")
  void bytes_oneAtATime_areTaken(String version, String algorithm) throws Exception {
    try (TestServer server = server(algorithm);
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, version);
      byte[] sent = link.client.receive(new byte[0]);
      while (sent.length > 0) {
        for (int i = 0; i < sent.length; i++) {
          link.receive(sent, i, i + 1);
        }
        sent = link.client.receive(link.wire.take());
      }
      byte[] data = link.client.send(bytes("ping"));
      for (int i = 0; i < data.length; i++) {
        assertThat(link.take()).isEmpty();
        link.receive(data, i, i + 1);
      }
      assertThat(link.take()).isEqualTo(bytes("ping"));
    }
  }

  /** The client's last flight and its first data in two parts, at each byte. */
  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void bytes_cutInTwoAnywhere_areTaken(String version) throws Exception {
    try (TestServer server = server("EC")) {
      int size = 1;
      for (int cut = 0; cut < size; cut++) {
        try (TlsEngine engine = server.accept()) {
          Link link = server.link(engine, version);
          byte[] hello = link.client.receive(new byte[0]);
          link.receive(hello, 0, hello.length);
          byte[] last = link.client.receive(link.wire.take());
          byte[] all = version.equals(TLS_1_2) ? last : join(last, link.client.send(bytes("ping")));
          link.receive(all, 0, cut);
          link.receive(all, cut, all.length);
          assertThat(engine.isHandshakeComplete()).as("cut at %s", cut).isTrue();
          assertThat(link.take()).asString().isEqualTo(version.equals(TLS_1_2) ? "" : "ping");
          size = all.length;
        }
      }
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  @Test
  @SuppressWarnings("try") // closed while it receives
  void receiver_sendsAndClosesWhileItReceives() throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, TLS_1_3).connect();
      byte[] two = join(link.client.send(bytes("one")), link.client.send(bytes("two")));
      Plaintext receiver =
          (data, from, to) -> {
            assertThat(Arrays.copyOfRange(data, from, to)).asString().isEqualTo("one");
            echo(engine, data, from, to, link.wire);
            engine.close();
          };
      engine.receive(two, 0, two.length, link.wire, receiver);
      link.client.receive(link.wire.take());
      assertThat(link.client.take()).asString().isEqualTo("one");
    }
  }

  private static void echo(TlsEngine engine, byte[] data, int from, int to, MemoryWire wire) {
    try {
      engine.send(ByteBuffer.wrap(data, from, to - from), wire);
    } catch (TlsException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void receiver_throws_engineFails() throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, TLS_1_3).connect();
      byte[] data = join(link.client.send(bytes("one")), link.client.send(bytes("two")));
      Plaintext throwing =
          (_, _, _) -> {
            throw new IllegalStateException("the receiver's");
          };
      assertThatIllegalStateException()
          .isThrownBy(() -> engine.receive(data, 0, data.length, link.wire, throwing))
          .withMessage("the receiver's");
      link.receive(data, 0, data.length);
      assertThat(link.take()).isEmpty();
      try (TlsEngine next = server.accept()) {
        Link other = server.link(next, TLS_1_3).connect();
        other.toServer(other.client.send(bytes("next")));
        assertThat(other.take()).asString().isEqualTo("next");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void closeNotify_bothWays_isSeen(String version) throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, version).connect();
      byte[] end = link.client.closeOutput();
      link.receive(end, 0, end.length - 1);
      assertThat(engine.isInputClosed()).as("truncated").isFalse();
      link.receive(end, end.length - 1, end.length);
      assertThat(engine.isInputClosed()).isTrue();
      assertThat(link.client.engine().isInboundDone()).isFalse();
      engine.closeOutput(link.wire);
      engine.closeOutput(link.wire);
      link.client.receive(link.wire.take());
      assertThat(link.client.engine().isInboundDone()).isTrue();
    }
  }

  @Test
  void input_isReadAfterOutputIsClosed() throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, TLS_1_3).connect();
      engine.closeOutput(link.wire);
      link.client.receive(link.wire.take());
      byte[] late = link.client.send(bytes("late"));
      link.receive(late, 0, late.length);
      assertThat(link.take()).asString().isEqualTo("late");
    }
  }

  @Test
  void renegotiation_isRefused() throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, TLS_1_2).connect();
      link.client.engine().beginHandshake();
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(link::connect)
          .withMessageContaining("no_renegotiation");
    }
  }

  @Test
  void garbage_insteadOfAHandshake_isAnError() throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, TLS_1_3);
      byte[] request = bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThatExceptionOfType(TlsException.class)
          .isThrownBy(() -> link.receive(request, 0, request.length))
          .withMessage("handshake: http request");
      link.receive(request, 0, request.length);
      assertThat(engine.isHandshakeComplete()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void record_changed_isAnErrorAndAnAlert(String version) throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, version).connect();
      byte[] data = link.client.send(bytes("ping"));
      data[data.length - 1] ^= 1;
      assertThatExceptionOfType(TlsException.class)
          .isThrownBy(() -> link.receive(data, 0, data.length))
          .withMessageContaining("bad record mac");
      byte[] alert = link.wire.take();
      assertThat(alert).isNotEmpty();
      engine.send(ByteBuffer.wrap(data), link.wire);
      engine.closeOutput(link.wire);
      assertThat(link.wire.unsent()).isZero();
      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(() -> link.client.receive(alert))
          .withMessageContaining("bad_record_mac");
    }
  }

  @Test
  void version_tooOld_isRefused() throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      byte[] hello = HexFormat.of().parseHex(HELLO_OF_TLS_1_1);
      var wire = new MemoryWire();
      assertThatExceptionOfType(TlsException.class)
          .isThrownBy(() -> engine.receive(hello, 0, hello.length, wire, (_, _, _) -> {}))
          .withMessageContaining("unsupported protocol");
      assertThat(wire.take()).startsWith(21).endsWith(2, 70); // alert: protocol_version
    }
  }

  @Test
  void calls_beforeTheHandshake_areRefused() throws Exception {
    try (TestServer server = server("EC");
        TlsEngine engine = server.accept()) {
      var wire = new MemoryWire();
      assertThatIllegalStateException()
          .isThrownBy(() -> engine.send(ByteBuffer.wrap(new byte[1]), wire));
      assertThatIllegalStateException().isThrownBy(engine::session);
      engine.closeOutput(wire);
      assertThat(wire.unsent()).isZero();
    }
  }
}
