package dev.leantea.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NettyProviderTest {
  @ParameterizedTest
  @CsvSource({"netty:nio, nio", "netty:nio:3, nio", "libuv:nio, nio", "NETTY:2:NIO, nio"})
  void named_spec_picksTransport(String spec, String engine) {
    Backend backend = Backends.named(spec);
    assertThat(backend.name()).isEqualTo("netty");
    assertThat(backend.engine()).isEqualTo(engine);
  }

  @Test
  void named_withoutTransport_picksTheBestHere() {
    assertThat(Backends.named("netty").engine()).isEqualTo(NettyTransport.best().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty:poll", "netty:0", "netty:nio:epoll", "netty:", "netty:1:2:3"})
  void named_wrongArguments_saysWhatIsExpected(String spec) {
    assertThatThrownBy(() -> Backends.named(spec))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("expected netty[:epoll|kqueue|nio][:LOOPS]");
  }

  @Test
  void named_ioUring_isRefusedWithTheReason() {
    assertThatThrownBy(() -> Backends.named("netty:io_uring"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("reactor:io_uring");
  }
}
