package dev.leantea.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
  /** The only listener. */
  private static TcpListener port(ServerConfig config) {
    assertThat(config.listeners()).hasSize(1);
    return (TcpListener) config.listeners().getFirst();
  }

  @Test
  void of_port_onAllAddressesWithDefaults() {
    ServerConfig config = ServerConfig.of(80);
    assertThat(port(config).port()).isEqualTo(80);
    assertThat(port(config).host()).isEqualTo(ServerConfig.ALL_ADDRESSES);
    assertThat(port(config).address().getAddress().isAnyLocalAddress()).isTrue();
    assertThat(config.limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(config.holdLimit()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.readiness()).isEmpty();
    assertThat(config.exchangeListener()).isSameAs(ExchangeListener.NONE);
  }

  @Test
  void with_changesItsOwnAlone() {
    Limits limits = Limits.DEFAULTS.withConnections(1);
    Duration hold = Duration.ofSeconds(2);
    var readiness = new Readiness(Duration.ZERO);
    ExchangeListener listener = _ -> {};
    ServerConfig config =
        ServerConfig.of(80)
            .withHost("127.0.0.1")
            .withLimits(limits)
            .withHoldLimit(hold)
            .withReadiness(readiness)
            .withExchangeListener(listener);
    assertThat(port(config).port()).isEqualTo(80);
    assertThat(port(config).host()).isEqualTo("127.0.0.1");
    assertThat(config.limits()).isSameAs(limits);
    assertThat(config.holdLimit()).isEqualTo(hold);
    assertThat(config.readiness()).containsSame(readiness);
    assertThat(config.exchangeListener()).isSameAs(listener);
  }

  @Test
  void with_leavesTheOtherConfigurationAsItWas() {
    ServerConfig all = ServerConfig.of(80);
    TcpListener loopback = port(all.withHost("127.0.0.1"));
    assertThat(loopback.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(port(all).host()).isEqualTo(ServerConfig.ALL_ADDRESSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void address_allOfEitherFamily_isTheWildcard(String host) {
    assertThat(port(ServerConfig.of(80).withHost(host)).address())
        .isEqualTo(new java.net.InetSocketAddress(80));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void port_outOfRange_refused(int port) {
    assertThatThrownBy(() -> ServerConfig.of(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port: expected 0 to 65535, got " + port);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 249, 366L * 24 * 60 * 60 * 1000})
  void holdLimit_outOfRange_refused(long millis) {
    assertThatThrownBy(() -> ServerConfig.of(80).withHoldLimit(Duration.ofMillis(millis)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holdLimit: expected zero, or PT0.25S to ");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 250})
  void holdLimit_zeroAndTheShortest_taken(long millis) {
    assertThat(ServerConfig.of(80).withHoldLimit(Duration.ofMillis(millis)).holdLimit())
        .hasMillis(millis);
  }

  @Test
  void address_unknownHost_refused() {
    assertThatThrownBy(() -> port(ServerConfig.of(80).withHost("no such host")).address())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such host");
  }

  @Test
  void toString_ipv6_inBrackets() {
    assertThat(ServerConfig.of(80).withHost("::1")).hasToString("[::1]:80");
    assertThat(ServerConfig.of(80).withHost("127.0.0.1")).hasToString("127.0.0.1:80");
  }
}
