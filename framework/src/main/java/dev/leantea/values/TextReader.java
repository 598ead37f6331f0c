package dev.leantea.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads values of one type from text, in one notation each. Immutable; any thread.
 *
 * @param <T> the type
 */
public final class TextReader<T> {
  /** The types that {@link #of} knows, for messages to developers. */
  public static final String SUPPORTED =
      "String, Integer, Long, Double, Boolean, BigDecimal, BigInteger, UUID, Instant, LocalDate,"
          + " LocalDateTime, LocalTime, OffsetDateTime, YearMonth, Duration, ZoneId or an enum";

  /** Maximum code points of a wrong value that a message repeats. */
  private static final int MAX_SHOWN = 80;

  /** A number of more digits costs more than it can be worth: reading it takes quadratic time. */
  private static final int MAX_DIGITS = 1000;

  private static final TextReader<Integer> INTEGER =
      new TextReader<>(
          "a whole number",
          text -> (int) Digits.inRange(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
  private static final TextReader<Long> LONG =
      new TextReader<>(
          "a whole number", text -> Digits.inRange(text, Long.MIN_VALUE, Long.MAX_VALUE));
  private static final TextReader<Double> DOUBLE =
      new TextReader<>("a number", text -> Digits.finite(Digits.decimal(text)));
  private static final TextReader<Boolean> BOOLEAN =
      new TextReader<>("true or false", TextReader::readBoolean);

  private static final Map<Class<?>, TextReader<?>> BY_TYPE =
      Map.ofEntries(
          Map.entry(String.class, new TextReader<>("a text", text -> text)),
          Map.entry(int.class, INTEGER),
          Map.entry(Integer.class, INTEGER),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          entry(
              BigDecimal.class,
              "a number",
              text -> new BigDecimal(shortened(Digits.decimal(text)))),
          entry(
              BigInteger.class,
              "a whole number",
              text -> new BigInteger(shortened(Digits.whole(text)))),
          entry(UUID.class, "a UUID", TextReader::readUuid),
          entry(Instant.class, "a time, such as 2026-01-31T12:00:00Z", Instant::parse),
          entry(LocalDate.class, "a date, such as 2026-01-31", LocalDate::parse),
          entry(LocalDateTime.class, "a time, such as 2026-01-31T12:00:00", LocalDateTime::parse),
          entry(LocalTime.class, "a time of day, such as 12:00", LocalTime::parse),
          entry(
              OffsetDateTime.class, "a time, such as 2026-01-31T12:00:00Z", OffsetDateTime::parse),
          entry(YearMonth.class, "a month, such as 2026-01", YearMonth::parse),
          entry(Duration.class, "a duration, such as PT1H30M", Duration::parse),
          entry(ZoneId.class, "a time zone, such as Europe/Paris", ZoneId::of));

  private static final ClassValue<TextReader<?>> OF_ENUM =
      new ClassValue<>() {
        @Override
        protected TextReader<?> computeValue(Class<?> type) {
          return EnumText.reader(type);
        }
      };

  /** Reads a text, or throws an {@link IllegalArgumentException} or {@link DateTimeException}. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String text);
  }

  private final String expected;
  private final Parser<T> parser;

  TextReader(String expected, Parser<T> parser) {
    this.expected = expected;
    this.parser = parser;
  }

  private static <T> Map.Entry<Class<?>, TextReader<?>> entry(
      Class<T> type, String expected, Parser<T> parser) {
    return Map.entry(type, new TextReader<>(expected, parser));
  }

  /** The reader of a type; empty for a type that has none. */
  @SuppressWarnings("unchecked") // each reader stands under its own type
  public static <T> Optional<TextReader<T>> of(Class<T> type) {
    TextReader<?> reader = type.isEnum() ? OF_ENUM.get(type) : BY_TYPE.get(type);
    return Optional.ofNullable((TextReader<T>) reader);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException when the text is no such value: its message says in plain
   *     words what was expected and what came
   */
  public T read(String text) {
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      String what = e instanceof OutOfRange ? e.getMessage() : expected;
      throw new IllegalArgumentException("expected " + what + ", got " + quote(text), e);
    }
  }

  /** By code points: half a surrogate pair could not be sent. */
  private static String quote(String text) {
    boolean whole = text.codePointCount(0, text.length()) <= MAX_SHOWN;
    String shown = whole ? text : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    return "\"" + shown + "\"";
  }

  private static Boolean readBoolean(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException();
    };
  }

  /** The JDK also accepts {@code 1-1-1-1-1}. */
  private static UUID readUuid(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException();
    }
    return UUID.fromString(text);
  }

  private static String shortened(String digits) {
    if (digits.length() > MAX_DIGITS) {
      throw new IllegalArgumentException();
    }
    return digits;
  }
}
