package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {
  @ParameterizedTest
  @CsvSource({
    "text/plain, text/plain",
    "Text/PLAIN; charset=x, text/plain",
    "' text/html ;a=b', text/html",
    "'', ''",
  })
  void essence_lowerCaseWithoutParameters(String value, String essence) {
    assertThat(new MediaType(value).essence()).isEqualTo(essence);
  }

  @Test
  void matches_whateverTheParameters() {
    assertThat(new MediaType("application/JSON; x=y").matches(MediaType.JSON)).isTrue();
    assertThat(MediaType.TEXT.matches(MediaType.HTML)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "a/b; charset=x,            x",
        "a/b;CHARSET = x ,          x",
        "'a/b; x=\"; charset=y\"; charset=z', z",
        "'a/b; charset=\"x;y\"',      x;y",
        "'a/b; charset=\"x\\\"y\"',    x\"y",
        "a/b,                       ''",
        "a/b; charset,              ''",
        "'a/b; charset=\"x',         '\"x'",
        "a/b; xcharset=y,           ''",
        "a/b;;charset=x;charset=y,  x",
      })
  void parameter_anyCaseAndQuoted(String value, String parameter) {
    assertThat(new MediaType(value).parameter("charset")).isEqualTo(parameter);
  }

  @Test
  void charset_knownUnknownOrNone() {
    assertThat(new MediaType("a/b").charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(new MediaType("a/b;charset=\"iso-8859-1\"").charset())
        .isEqualTo(StandardCharsets.ISO_8859_1);
    for (String unknown : new String[] {"x-nobody-knows", "a b", "é"}) {
      assertThatThrownBy(() -> new MediaType("a/b;charset=" + unknown).charset())
          .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(415));
    }
  }

  @Test
  void new_lineBreak_refused() {
    assertThatThrownBy(() -> new MediaType("a/b\r\nX: y"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
