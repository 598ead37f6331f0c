package dev.leantea.typed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as declared, read from source by the processor or from a class by reflection.
 *
 * @param name the record's name, without its package
 * @param kind {@code record}, or what was declared instead
 * @param mapping its {@link Path}; null when there is none
 * @param components in order; of a record only
 */
record Declaration(String name, Kind kind, @Nullable Mapping mapping, List<Component> components) {
  /** The kinds of types that a sealed interface permits. */
  enum Kind {
    RECORD("a record"),
    GENERIC_RECORD("a record with type parameters"),
    CLASS("a class"),
    ENUM("an enum"),
    INTERFACE("an interface that is not sealed");

    final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** The values of {@link Path}. */
  record Mapping(String pattern, String method) {}

  /**
   * A component of the record.
   *
   * @param codec what {@link Coded} names, on the component or on its type
   * @param body whether it is marked as {@link Body}
   */
  record Component(String name, ValueType type, @Nullable CodecUse codec, boolean body) {}

  /**
   * A codec of the application.
   *
   * @param name without its package
   * @param constructible whether it has a constructor without arguments
   * @param values the type of its values; null when the class does not implement {@code Codec<…>}
   *     directly
   */
  record CodecUse(String name, boolean constructible, @Nullable ValueType values) {}

  boolean has(String component) {
    return components.stream().anyMatch(each -> each.name().equals(component));
  }
}
