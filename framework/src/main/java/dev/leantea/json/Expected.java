package dev.leantea.json;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What JSON a Java type wants, in plain words. */
final class Expected {
  private static final Set<Class<?>> WHOLE =
      Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);

  private static final Map<Class<?>, String> OTHERS =
      Map.of(
          Boolean.class, "true or false",
          Character.class, "a text of one character",
          byte[].class, "a text in base64",
          UUID.class, "a UUID",
          Instant.class, "a time, such as 2026-01-31T12:00:00Z",
          OffsetDateTime.class, "a time, such as 2026-01-31T12:00:00Z",
          ZonedDateTime.class, "a time, such as 2026-01-31T12:00:00Z",
          LocalDateTime.class, "a time, such as 2026-01-31T12:00:00",
          LocalDate.class, "a date, such as 2026-01-31",
          Duration.class, "a duration, such as PT1H30M");

  private Expected() {}

  static String of(Class<?> type) {
    Class<?> boxed = boxed(type);
    String other = OTHERS.get(boxed);
    if (other != null) {
      return other;
    }
    if (WHOLE.contains(boxed)) {
      return "a whole number";
    }
    if (boxed.isEnum()) {
      return Arrays.stream(boxed.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name())
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (boxed.isArray() || Collection.class.isAssignableFrom(boxed)) {
      return "a list";
    }
    return ofText(boxed);
  }

  private static String ofText(Class<?> type) {
    if (Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a text";
    }
    boolean ofJava = type.getName().startsWith("java.") && !Map.class.isAssignableFrom(type);
    return ofJava ? "a valid value" : "an object";
  }

  /** Of a number that is too large or too small for its type. */
  static String inRange(@Nullable Class<?> type) {
    if (type == null) {
      return "a smaller number";
    }
    return switch (boxed(type).getSimpleName()) {
      case "Byte" -> range(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "Short" -> range(Short.MIN_VALUE, Short.MAX_VALUE);
      case "Integer" -> range(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "Long" -> range(Long.MIN_VALUE, Long.MAX_VALUE);
      default -> of(type);
    };
  }

  private static String range(long min, long max) {
    return "a whole number from " + min + " to " + max;
  }

  private static Class<?> boxed(Class<?> type) {
    return type.isPrimitive() && type != void.class
        ? Array.get(Array.newInstance(type, 1), 0).getClass()
        : type;
  }
}
