package dev.leantea.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Limits;
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
    assertThat(ServerConfig.of(80).withHost("0.0.0.0").withLimits(limits))
        .isEqualTo(new ServerConfig("0.0.0.0", 80, limits, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void new_portOutOfRange_refused(int port) {
    assertThatThrownBy(() -> ServerConfig.of(port)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void address_unknownHost_refused() {
    assertThatThrownBy(() -> ServerConfig.of(80).withHost("no such host").address())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such host");
  }
}
