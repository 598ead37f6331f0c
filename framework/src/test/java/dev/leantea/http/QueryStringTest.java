package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStringTest {
  @ParameterizedTest
  @CsvSource({
    "a=1,           1",
    "b=2&a=1,       1",
    "a=1&a=2,       1",
    "%61=%31,       1",
    "a=1=2,         1=2",
    "a=,            ''",
    "a,             ''",
    "a&b=1,         ''",
    "&&a=x+y&&,     x y",
    "b=a&a=%26%3D,  &=",
  })
  void first_decoded(String query, String value) {
    assertThat(QueryString.first(query, "a")).contains(value);
  }

  @Test
  void first_absent_empty() {
    assertThat(QueryString.first("", "a")).isEmpty();
    assertThat(QueryString.first("aa=1&b=a", "a")).isEmpty();
  }

  @Test
  void all_inOrder() {
    assertThat(QueryString.all("a=1&b=x&a&a=2", "a")).containsExactly("1", "", "2");
  }

  @Test
  void first_badEncoding_400() {
    assertThatThrownBy(() -> QueryString.first("a=%zz", "a"))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400));
  }
}
