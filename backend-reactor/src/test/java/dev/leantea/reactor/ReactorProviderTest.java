package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.BackendSpec;
import org.junit.jupiter.api.Test;

final class ReactorProviderTest {
  private static Backend create(String spec) {
    return new ReactorProvider().create(BackendSpec.parse(spec, "a test"));
  }

  @Test
  void create_nio_isNio() {
    assertThat(create("reactor:nio:2").engine()).isEqualTo("nio");
  }

  @Test
  void create_noEngine_isTheBestHereAndSaysWhy() {
    Backend backend = create("reactor");
    if (IoUring.unavailable().isEmpty()) {
      assertThat(backend.engine()).isEqualTo("io_uring");
      assertThat(backend.reason()).isEqualTo("a test");
    } else {
      assertThat(backend.engine()).isEqualTo("nio");
      assertThat(backend.reason())
          .isEqualTo("a test; io_uring is unavailable: " + IoUring.unavailable().orElseThrow());
    }
  }

  @Test
  void create_ioUring_isItOrAnErrorThatSaysWhy() {
    if (IoUring.unavailable().isEmpty()) {
      assertThat(create("reactor:io_uring").engine()).isEqualTo("io_uring");
    } else {
      assertThatThrownBy(() -> create("reactor:io_uring"))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining(IoUring.unavailable().orElseThrow());
    }
  }

  @Test
  void create_unknownEngine_isAnErrorWithTheUsage() {
    assertThatThrownBy(() -> create("reactor:epoll"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("reactor[:io_uring|nio][:LOOPS]");
  }
}
