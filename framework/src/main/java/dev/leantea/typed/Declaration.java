package dev.leantea.typed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as it was declared, seen alike by the compiler and by reflection.
 *
 * @param name the record's name, without its package
 * @param kind {@code record}, or what stands in its place
 * @param mapping its {@link Path}; null when there is none
 * @param components in order; of a record only
 */
record Declaration(String name, Kind kind, @Nullable Mapping mapping, List<Component> components) {
  /** What was found among the types of a sealed interface. */
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

  /** What {@link Path} says. */
  record Mapping(String pattern, String method) {}

  /**
   * A component of the record.
   *
   * @param codec what {@link Coded} names, on the component or on its type
   * @param body whether it is marked as {@link Body}
   */
  record Component(String name, ValueType type, @Nullable CodecUse codec, boolean body) {}

  /**
   * A codec that somebody wrote.
   *
   * @param name without its package
   * @param constructible whether it can be made without arguments
   * @param values the type of its values; null when it says so only through other types
   */
  record CodecUse(String name, boolean constructible, @Nullable ValueType values) {}

  boolean has(String component) {
    return components.stream().anyMatch(each -> each.name().equals(component));
  }
}
