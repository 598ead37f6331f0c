package dev.leantea.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendSpecTest {
  private static final List<String> ENGINES = List.of("nio", "io_uring");

  private static BackendSpec parse(String text) {
    return BackendSpec.parse(text, "a test");
  }

  @Test
  void parse_nameAndArguments_inLowerCase() {
    BackendSpec spec = parse(" Reactor:NIO:2 ");
    assertThat(spec).isEqualTo(new BackendSpec("reactor", List.of("nio", "2"), "a test"));
    assertThat(spec).hasToString("reactor:nio:2");
    assertThat(parse("netty")).hasToString("netty");
  }

  @Test
  void count_whereGiven() {
    assertThat(parse("a").count(7, "usage")).isEqualTo(7);
    assertThat(parse("a:2").count(7, "usage")).isEqualTo(2);
    assertThat(parse("a:nio:1024").count(7, "usage")).isEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:0", "a:1025", "a:99999999999999", "a:", "a::nio"})
  void count_outOfRange_saysWhatWasExpected(String text) {
    assertThatThrownBy(() -> parse(text).count(1, "a[:N]"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("a[:N]")
        .hasMessageContaining(text);
  }

  @Test
  void engine_whereGiven() {
    assertThat(parse("a").engine(ENGINES, "nio", "usage")).isEqualTo("nio");
    assertThat(parse("a:io_uring").engine(ENGINES, "nio", "usage")).isEqualTo("io_uring");
    assertThat(parse("a:4:io_uring").engine(ENGINES, "nio", "usage")).isEqualTo("io_uring");
    assertThat(parse("a:4").engine(ENGINES, "nio", "usage")).isEqualTo("nio");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:x", "a:", "a:nio:", "a:nio:io_uring", "a:nio:2:3", "a:-1", "a:1.5"})
  void engine_somethingElse_refused(String text) {
    assertThatThrownBy(() -> parse(text).engine(ENGINES, "nio", "usage"))
        .isInstanceOf(BackendException.class);
  }
}
