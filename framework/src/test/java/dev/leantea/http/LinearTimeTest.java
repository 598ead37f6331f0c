package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends is read in time in proportion to its length, whatever it is made of. */
class LinearTimeTest {
  private static final int BYTES = 32 * 1024;

  private static CountingText text(String part) {
    return new CountingText(part.repeat(BYTES / part.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a&", "&", "=", "a=&", "%61&", "b=%61+&", "&=", "a=a=a&"})
  void query_anyLookUp_eachCharacterAFewTimes(String part) {
    CountingText first = text(part);
    assertThat(QueryString.first(first, "nothing")).isEmpty();
    assertThat(first.looks()).isLessThanOrEqualTo(2L * BYTES);
    CountingText all = text(part);
    assertThat(QueryString.all(all, "a")).hasSizeLessThanOrEqualTo(BYTES);
    assertThat(all.looks()).isLessThanOrEqualTo(2L * BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ";", "=", "a;", "a=;", "a=b;", " ", "\"", "a=\"b\";", "a=\"", "; ="})
  void cookies_eachCharacterAFewTimes(String part) {
    CountingText field = text(part);
    var pairs = new ArrayList<CookiePair>();
    RequestCookies.read(field, pairs);
    assertThat(field.looks()).isLessThanOrEqualTo(2L * BYTES);
    assertThat(pairs).allSatisfy(pair -> assertThat(List.of("a", "")).contains(pair.name()));
  }
}
