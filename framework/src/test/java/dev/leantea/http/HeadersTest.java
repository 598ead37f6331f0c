package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Headers.Field;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  private final Headers headers =
      Headers.of("Set-Cookie", "a=1").with("X", "2").withAdded("set-cookie", "b=2, c");

  @Test
  void all_anyCase_inOrderAndNotSplit() {
    assertThat(headers.all("SET-COOKIE")).containsExactly("a=1", "b=2, c");
    assertThat(headers.all("Y")).isEmpty();
  }

  @Test
  void elements_ofAllLines_withoutEmptyOnes() {
    Headers lists =
        Headers.of("Via", "a,b ,, c").with("X", "d").withAdded("via", ",").withAdded("VIA", "e");
    assertThat(lists.elements("via")).containsExactly("a", "b", "c", "e");
    assertThat(lists.elements("Y")).isEmpty();
  }

  @Test
  void first_andContains_anyCase() {
    assertThat(headers.first("x")).contains("2");
    assertThat(headers.first("y")).isEmpty();
    assertThat(headers.contains("SET-cookie")).isTrue();
    assertThat(headers.contains("cookie")).isFalse();
  }

  @Test
  void with_leavesTheOriginalAlone() {
    assertThat(headers.with("Y", "3").size()).isEqualTo(4);
    assertThat(headers.size()).isEqualTo(3);
  }

  @Test
  void with_namesThatAreThere_oneLineInPlaceOfTheFirst() {
    assertThat(headers.with("SET-cookie", "c=3"))
        .containsExactly(new Field("SET-cookie", "c=3"), new Field("X", "2"));
    assertThat(headers.with("Y", "3").name(3)).isEqualTo("Y");
  }

  @Test
  void without_anyCase_removesAllOfThem() {
    assertThat(headers.without("set-COOKIE")).containsExactly(new Field("X", "2"));
    assertThat(headers.size()).isEqualTo(3);
  }

  @Test
  void iterator_everyLine_thenNoMore() {
    Iterator<Field> lines = Headers.of(List.of(new Field("A", "1"))).iterator();
    assertThat(lines.next()).hasToString("A: 1");
    assertThat(lines.hasNext()).isFalse();
    assertThatThrownBy(lines::next).isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:", "a\r", "a\n", "\u00e9", "a(", "a\0"})
  void with_badName_refused(String name) {
    assertThatThrownBy(() -> headers.with(name, "v")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x", "a\n", "a\r", "a\0", "\u007f", "\u0100", "\u4f60"})
  void with_badValue_refused(String value) {
    assertThatThrownBy(() -> headers.with("X", value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb", " a ", "\u0080\u00ff", "a:b"})
  void with_oddButAllowedValue_accepted(String value) {
    assertThat(Headers.of("X", value).value(0)).isEqualTo(value);
  }
}
