package dev.leantea.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Limits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
  @Test
  void of_port_onLoopbackWithDefaults() {
    ServerConfig config = ServerConfig.of(0);
    assertThat(config.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(config.limits()).isEqualTo(Limits.DEFAULTS);
  }

  @Test
  void with_changesItsOwnAlone() {
    Limits limits = Limits.DEFAULTS.withConnections(1);
    Duration hold = Duration.ofSeconds(2);
    assertThat(ServerConfig.of(80).withHost("0.0.0.0").withLimits(limits).withHoldLimit(hold))
        .isEqualTo(new ServerConfig("0.0.0.0", 80, limits, hold, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void new_portOutOfRange_refused(int port) {
    assertThatThrownBy(() -> ServerConfig.of(port)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 249, 366L * 24 * 60 * 60 * 1000})
  void withHoldLimit_outOfRange_refused(long millis) {
    assertThatThrownBy(() -> ServerConfig.of(80).withHoldLimit(Duration.ofMillis(millis)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holdLimit: expected zero, or PT0.25S to ");
  }

  @Test
  void withHoldLimit_zeroAndTheLeast_taken() {
    assertThat(ServerConfig.of(80).withHoldLimit(Duration.ZERO).holdLimit()).isZero();
    assertThat(ServerConfig.of(80).withHoldLimit(Duration.ofMillis(250)).holdLimit())
        .hasMillis(250);
  }

  @Test
  void address_unknownHost_refused() {
    assertThatThrownBy(() -> ServerConfig.of(80).withHost("no such host").address())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such host");
  }
}
