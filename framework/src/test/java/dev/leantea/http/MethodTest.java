package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTest {
  @Test
  void of_standardName_theConstant() {
    for (Method standard : Method.standard()) {
      assertThat(Method.of(standard.name())).isSameAs(standard);
    }
    assertThat(Method.standard()).contains(Method.QUERY, Method.CONNECT).doesNotHaveDuplicates();
  }

  @Test
  void of_otherToken_equalByName() {
    Method purge = Method.of("PURGE");
    assertThat(purge).isEqualTo(Method.of("PURGE")).hasSameHashCodeAs(Method.of("PURGE"));
    assertThat(purge).isNotEqualTo(Method.of("purge")).isNotEqualTo(Method.GET);
    assertThat(Method.of("get")).isNotEqualTo(Method.GET).hasToString("get");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "GET\r\n", "GET:", "É", "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDD"})
  void of_noTokenOrTooLong_refused(String name) {
    assertThatThrownBy(() -> Method.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("method: expected a token of at most 32 characters");
  }

  @Test
  void order_standardFirst_thenByName() {
    List<Method> sorted =
        Stream.of("PURGE", "LINK", "OPTIONS", "POST", "GET").map(Method::of).sorted().toList();
    assertThat(sorted)
        .extracting(Method::name)
        .containsExactly("GET", "POST", "OPTIONS", "LINK", "PURGE");
  }
}
