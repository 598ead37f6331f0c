package dev.leantea.typed;

import dev.leantea.values.TextReader;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/** The codecs of the built-in types. */
final class Codecs {
  /** Those whose values have one notation each: every page has exactly one URL. */
  private static final Set<Class<?>> BUILT_IN =
      Set.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          boolean.class,
          Boolean.class,
          String.class,
          UUID.class,
          LocalDate.class);

  private Codecs() {}

  /** The codec of a type that {@link ValueType#isSingle} without {@link Coded}. */
  static Codec<?> of(Class<?> type) {
    if (!BUILT_IN.contains(type) && !type.isEnum()) {
      throw new IllegalArgumentException(
          "codec: expected " + ValueType.SUPPORTED + ", got " + type.getName());
    }
    return codec(type);
  }

  private static <T> Codec<T> codec(Class<T> type) {
    return new TextCodec<>(TextReader.of(type).orElseThrow());
  }

  private record TextCodec<T>(TextReader<T> reader) implements Codec<T> {
    @Override
    public T parse(String text) {
      return reader.read(text);
    }

    @Override
    public String format(T value) {
      return value instanceof Enum<?> constant ? constant.name() : String.valueOf(value);
    }
  }
}
