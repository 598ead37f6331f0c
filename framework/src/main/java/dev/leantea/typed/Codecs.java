package dev.leantea.typed;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The codecs of the built-in types. */
final class Codecs {
  /** Maximum code points of a wrong value that a message repeats. */
  private static final int SHOWN = 80;

  private static final Codec<Integer> INT = new IntCodec();
  private static final Codec<Long> LONG = new LongCodec();
  private static final Codec<Boolean> BOOLEAN = codec("true or false", Codecs::parseBoolean);

  private static final Map<Class<?>, Codec<?>> BY_TYPE =
      Map.of(
          int.class, INT,
          Integer.class, INT,
          long.class, LONG,
          Long.class, LONG,
          boolean.class, BOOLEAN,
          Boolean.class, BOOLEAN,
          String.class, codec("text", text -> text),
          UUID.class, codec("a UUID", Codecs::parseUuid),
          LocalDate.class, codec("a date like 2026-11-24", LocalDate::parse));

  private Codecs() {}

  /** The codec of a type that {@link ValueType#isSingle} without {@link Coded}. */
  static Codec<?> of(Class<?> type) {
    Codec<?> codec = BY_TYPE.get(type);
    if (codec == null && !type.isEnum()) {
      throw new IllegalArgumentException(
          "codec: expected " + ValueType.SUPPORTED + ", got " + type.getName());
    }
    return codec == null ? ofEnum(type) : codec;
  }

  private static Codec<?> ofEnum(Class<?> type) {
    Map<String, Enum<?>> byName =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> (Enum<?>) constant)
            .collect(Collectors.toMap(Enum::name, constant -> constant));
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name())
            .collect(Collectors.joining(", "));
    return new EnumCodec("one of " + names, byName);
  }

  private static <T> Codec<T> codec(String expected, Function<String, T> parse) {
    return new TextCodec<>(expected, parse);
  }

  private static IllegalArgumentException wrong(String expected, String text) {
    String shown = text.codePointCount(0, text.length()) > SHOWN ? cut(text) : text;
    return new IllegalArgumentException("expected " + expected + ", got \"" + shown + "\"");
  }

  /** By code points: half a surrogate pair could not be sent. */
  private static String cut(String text) {
    return text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /**
   * The JDK also accepts a plus sign and the digits of every script; each page has exactly one URL.
   */
  private static String digits(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c != '-' || i > 0)) {
        throw new NumberFormatException();
      }
    }
    return text;
  }

  private static Boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException();
    };
  }

  /** The JDK also accepts {@code 1-1-1-1-1}. */
  private static UUID parseUuid(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException();
    }
    return UUID.fromString(text);
  }

  private record IntCodec() implements Codec<Integer> {
    @Override
    public Integer parse(String text) {
      try {
        return Integer.parseInt(digits(text));
      } catch (NumberFormatException e) {
        throw wrong("a whole number of 32 bits", text);
      }
    }

    @Override
    public String format(Integer value) {
      return value.toString();
    }
  }

  private record LongCodec() implements Codec<Long> {
    @Override
    public Long parse(String text) {
      try {
        return Long.parseLong(digits(text));
      } catch (NumberFormatException e) {
        throw wrong("a whole number of 64 bits", text);
      }
    }

    @Override
    public String format(Long value) {
      return value.toString();
    }
  }

  /** A type whose {@code toString} is its text. */
  private record TextCodec<T>(String expected, Function<String, T> parser) implements Codec<T> {
    @Override
    public T parse(String text) {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw wrong(expected, text);
      }
    }

    @Override
    public String format(T value) {
      return String.valueOf(value);
    }
  }

  /** An enum, by the names of its constants. */
  private record EnumCodec(String expected, Map<String, Enum<?>> byName) implements Codec<Enum<?>> {
    @Override
    public Enum<?> parse(String text) {
      Enum<?> constant = byName.get(text);
      if (constant == null) {
        throw wrong(expected, text);
      }
      return constant;
    }

    @Override
    public String format(Enum<?> value) {
      return value.name();
    }
  }
}
