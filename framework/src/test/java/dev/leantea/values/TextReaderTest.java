package dev.leantea.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextReaderTest {
  private static <T> T read(Class<T> type, String text) {
    return TextReader.of(type).orElseThrow().read(text);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("a b", "a b"),
        Arguments.of("-2147483648", Integer.MIN_VALUE),
        Arguments.of("9223372036854775807", Long.MAX_VALUE),
        Arguments.of("-1.5e3", -1500.0),
        Arguments.of("true", true),
        Arguments.of("0.10", new BigDecimal("0.10")),
        Arguments.of("99999999999999999999", new BigInteger("99999999999999999999")),
        Arguments.of("2026-01-31", LocalDate.of(2026, 1, 31)),
        Arguments.of("2026-01-31T12:00:00", LocalDateTime.of(2026, 1, 31, 12, 0)),
        Arguments.of("12:00", LocalTime.NOON),
        Arguments.of("2026-01", YearMonth.of(2026, 1)),
        Arguments.of("PT1H30M", Duration.ofMinutes(90)),
        Arguments.of("1970-01-01T00:00:00Z", Instant.EPOCH),
        Arguments.of("2026-01-31T12:00+01:00", OffsetDateTime.parse("2026-01-31T12:00+01:00")),
        Arguments.of(
            "123e4567-e89b-12d3-a456-426614174000",
            UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
        Arguments.of("MONDAY", DayOfWeek.MONDAY));
  }

  @ParameterizedTest
  @MethodSource("values")
  void read_value_ofItsType(String text, Object value) {
    assertThat(read(value.getClass(), text)).isEqualTo(value);
  }

  @Test
  void read_zone_byItsName() {
    assertThat(read(ZoneId.class, "Europe/Paris")).isEqualTo(ZoneId.of("Europe/Paris"));
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.Integer, '', a whole number",
    "java.lang.Integer, -, a whole number",
    "java.lang.Integer, 1.0, a whole number",
    "java.lang.Integer, +1, a whole number",
    "java.lang.Integer, ٣, a whole number",
    "java.lang.Integer, 2147483648, a whole number from -2147483648 to 2147483647",
    "java.lang.Long, 9223372036854775808,"
        + " a whole number from -9223372036854775808 to 9223372036854775807",
    "java.lang.Double, NaN, a number",
    "java.lang.Double, 1f, a number",
    "java.lang.Double, 1e999, a number",
    "java.lang.Double, .5, a number",
    "java.math.BigDecimal, 1e99999, a number",
    "java.math.BigInteger, 0x10, a whole number",
    "java.lang.Boolean, yes, true or false",
    "java.util.UUID, 1-1-1-1-1, a UUID",
    "java.time.LocalDate, 31.1.2026, 'a date, such as 2026-01-31'",
    "java.time.Instant, now, 'a time, such as 2026-01-31T12:00:00Z'",
    "java.time.ZoneId, Nowhere/None, 'a time zone, such as Europe/Paris'",
    "java.time.chrono.IsoEra, AD, 'one of BCE, CE'",
  })
  void read_anotherText_saysWhatWasExpected(Class<?> type, String text, String expected) {
    assertThatThrownBy(() -> read(type, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected " + expected + ", got \"" + text + "\"");
  }

  @Test
  void read_longText_isCutInTheMessage_andCostsLittle() {
    String digits = "9".repeat(2000);
    assertThatThrownBy(() -> read(BigInteger.class, digits))
        .hasMessage("expected a whole number, got \"" + "9".repeat(80) + "…\"");
    assertThatThrownBy(() -> read(BigDecimal.class, digits))
        .hasMessageStartingWith("expected a number, got \"9");
  }

  @Test
  void of_otherType_hasNoReader() {
    assertThat(TextReader.of(Object.class)).isEmpty();
    assertThat(TextReader.of(Number.class)).isEmpty();
  }
}
