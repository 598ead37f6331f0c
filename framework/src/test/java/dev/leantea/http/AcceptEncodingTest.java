package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {
  private static boolean prefersGzip(List<String> lines) {
    return AcceptEncoding.preferred(lines, List.of("gzip")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "br, gzip;q=0.5",
        "*",
        "gzip;q=0.001",
        "identity;q=0.5, gzip",
        "deflate, gzip;q=1.0, *;q=0.5",
        "gzip;q=1.000",
        "gzip ; Q=0.7",
        "identity;q=0.8, gzip;q=0.800",
        "*;q=0.5, identity;q=0.2",
        "gzip;q=1.",
        ",,gzip,,"
      })
  void prefersGzip_asked_does(String value) {
    assertThat(prefersGzip(List.of(value))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "br",
        "identity",
        "gzip;q=0",
        "gzip;q=0.000",
        "*;q=0",
        "*, gzip;q=0",
        "identity, gzip;q=0.5",
        "gzip;q=2",
        "gzip;level=9",
        "gzip;q=1.001",
        "gzip;q=0.5000",
        "gzip;q=",
        "gzip;q=.5",
        "gzip;q=0,5",
        "gzip;q=-1",
        "gzip;q=1;x=y",
        "gzip;q=0.2, *;q=0.5",
        "identity;q=0.801, gzip;q=0.8",
        "gzipped",
        "gz ip"
      })
  void prefersGzip_notAsked_doesNot(String value) {
    assertThat(prefersGzip(List.of(value))).isFalse();
  }

  @Test
  void prefersGzip_noField_doesNot() {
    assertThat(prefersGzip(List.of())).isFalse();
  }

  /** Quadratic work on eight million characters would not end within the test's life. */
  @ParameterizedTest
  @ValueSource(strings = {",", "gzip,", "gzip;q=0.1,", ";", " ", "q=", "*;q=0.123;", "a,b;c "})
  void prefersGzip_hugeField_takesLinearTime(String part) {
    String line = part.repeat(8_000_000 / part.length());
    assertThat(prefersGzip(List.of(line, "gzip;q=0.5", "identity")))
        .isEqualTo(part.equals("gzip,"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | zstd",
        "gzip, br | br",
        "gzip;q=1, br;q=0.9 | gzip",
        "zstd;q=0.5, br;q=0.5, gzip;q=0.4 | zstd",
        "*, zstd;q=0 | br",
        "br;q=0, *;q=0.1, gzip;q=0.2 | gzip",
        "BR | br",
        "identity;q=0.5, zstd;q=0.4, gzip;q=0.5 | gzip",
        "identity, gzip;q=0.9 | none",
      })
  void preferred_ofSeveral_byWeight_thenByOrder(String value, String expected) {
    assertThat(
            AcceptEncoding.preferred(
                Request.of(Method.GET, "/").withHeader("Accept-Encoding", value),
                List.of("zstd", "br", "gzip")))
        .isEqualTo(expected.equals("none") ? Optional.empty() : Optional.of(expected));
  }
}
