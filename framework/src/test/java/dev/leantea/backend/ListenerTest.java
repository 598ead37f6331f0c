package dev.leantea.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.net.Network;
import dev.leantea.tls.Tls;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenerTest {
  private static final Path PATH = Path.of("/run/app/http.sock");
  private static final int MAX_PATH_BYTES = 107;

  @Test
  void listeners_ofAConfiguration_areInTheirOrder() {
    Tls tls = Tls.selfSigned();
    ServerConfig config =
        ServerConfig.of(8080)
            .withListener(Listener.https(8443, tls).withHost("::1"))
            .withListener(Listener.unix(PATH));
    assertThat(config).hasToString("0.0.0.0:8080, [::1]:8443, unix:/run/app/http.sock");
    assertThat(config.listeners().get(0).tls()).isEmpty();
    assertThat(config.listeners().get(1).tls()).containsSame(tls);
    assertThat(config.withListeners(Listener.unix(PATH))).hasToString("unix:/run/app/http.sock");
  }

  @Test
  void with_ofAConfiguration_changesTheFirstListenerAlone() {
    Tls tls = Tls.selfSigned();
    Network network = Network.of("192.0.2.0/24");
    ServerConfig config =
        ServerConfig.of(Listener.http(1), Listener.http(2))
            .withHost("127.0.0.1")
            .withTls(tls)
            .withProxyProtocol(network);
    TcpListener first = (TcpListener) config.listeners().getFirst();
    TcpListener second = (TcpListener) config.listeners().get(1);
    assertThat(config).hasToString("127.0.0.1:1, 0.0.0.0:2");
    assertThat(first.tls()).containsSame(tls);
    assertThat(first.proxyProtocol()).containsExactly(network);
    assertThat(second.tls()).isEmpty();
    assertThat(second.proxyProtocol()).isEmpty();
  }

  @Test
  void host_firstListenerIsAUnixSocket_refused() {
    ServerConfig config = ServerConfig.of(Listener.unix(PATH));
    assertThatThrownBy(() -> config.withHost("127.0.0.1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "host: expected the first listener to be a port, it is unix:/run/app/http.sock");
    assertThat(config.withTls(Tls.selfSigned()).listeners().getFirst().tls()).isPresent();
  }

  @Test
  void unix_default_isForTheOwnerAlone() {
    UnixListener listener = Listener.unix(PATH);
    assertThat(listener.path()).isEqualTo(PATH);
    assertThat(PosixFilePermissions.toString(listener.permissions())).isEqualTo("rw-------");
    assertThat(listener.proxyProtocol()).isFalse();
    assertThat(listener.tls()).isEmpty();
  }

  @Test
  void unix_with_changesItsOwnAlone() {
    Tls tls = Tls.selfSigned();
    UnixListener listener =
        Listener.unix(PATH).withPermissions("rw-rw----").withTls(tls).withProxyProtocol();
    assertThat(PosixFilePermissions.toString(listener.permissions())).isEqualTo("rw-rw----");
    assertThat(listener.tls()).containsSame(tls);
    assertThat(listener.proxyProtocol()).isTrue();
    assertThat(listener.path()).isEqualTo(PATH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "660", "rw-rw-rw", "rwxrwxrwz"})
  void permissions_notOfTheirForm_refused(String text) {
    assertThatThrownBy(() -> Listener.unix(PATH).withPermissions(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("permissions: expected 9 characters such as rw-rw----, got " + text);
  }

  @Test
  void unix_longestPath_isTaken_longerAndEmptyOnesAreNot() {
    String longest = "/" + "x".repeat(MAX_PATH_BYTES - 1);
    assertThat(Listener.unix(Path.of(longest)).path()).hasToString(longest);
    for (String path : List.of(longest + "x", "/" + "\u00e4".repeat(54), "")) {
      assertThatThrownBy(() -> Listener.unix(Path.of(path)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("unix: expected a path of 1 to 107 bytes, got ")
          .hasMessageEndingWith(path);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void port_outOfRange_refused(int port) {
    assertThatThrownBy(() -> Listener.http(80).withPort(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port: expected 0 to 65535, got " + port);
  }
}
