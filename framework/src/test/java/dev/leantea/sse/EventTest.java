package dev.leantea.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
  @Test
  void encode_allFields_inOrderWithAnEmptyLine() {
    Event event =
        Event.ofComment("hello")
            .event("tick")
            .id("42")
            .retry(Duration.ofSeconds(3))
            .data("grüner Tee");
    assertThat(text(event))
        .isEqualTo(": hello\nevent: tick\nid: 42\nretry: 3000\ndata: grüner Tee\n\n");
  }

  @Test
  void encode_lineBreaksOfAnyKind_areDataLines() {
    assertThat(text(Event.of("a\nb\r\nc\rd\n")))
        .isEqualTo("data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n");
  }

  @Test
  void encode_emptyData_isALine() {
    assertThat(text(Event.of(""))).isEqualTo("data: \n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\r\ndata: forged"})
  void fields_withLineBreakOrNul_areRefused(String value) {
    assertThatThrownBy(() -> Event.EMPTY.id(value)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Event.EMPTY.event(value)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Event.ofComment(value)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Event event) {
    return new String(event.encode(), StandardCharsets.UTF_8);
  }
}
