package dev.leantea.typed;

import java.util.List;
import java.util.Set;

/**
 * The type of a route's component, read from source by the processor or from a class by reflection.
 *
 * @param name the class, qualified, without type arguments
 * @param text as a message shows it
 * @param known whether it is an enum or has a codec
 * @param arguments its type arguments
 */
record ValueType(String name, String text, boolean known, List<ValueType> arguments) {
  /** How many values a component takes. */
  enum Arity {
    ONE,
    OPTIONAL,
    MANY
  }

  static final String SUPPORTED =
      "String, int, long, boolean, UUID, LocalDate, an enum or a type with @Coded,"
          + " or an Optional or a List of it";

  private static final Set<String> BUILT_IN =
      Set.of(
          "int",
          "long",
          "boolean",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Boolean",
          "java.lang.String",
          "java.util.UUID",
          "java.time.LocalDate");

  Arity arity() {
    return switch (name) {
      case "java.util.Optional", "java.util.OptionalInt", "java.util.OptionalLong" ->
          Arity.OPTIONAL;
      case "java.util.List" -> Arity.MANY;
      default -> Arity.ONE;
    };
  }

  /** Whether there is a codec for it. */
  boolean isSupported() {
    return isSingle() || (arity() != Arity.ONE && single().isSingle());
  }

  /** Whether it is one value with a text of its own. */
  boolean isSingle() {
    return arity() == Arity.ONE && (known || BUILT_IN.contains(name));
  }

  /** What a codec of a component of this type reads. */
  ValueType single() {
    return switch (name) {
      case "java.util.OptionalInt" -> new ValueType("int", "int", false, List.of());
      case "java.util.OptionalLong" -> new ValueType("long", "long", false, List.of());
      default -> arity() != Arity.ONE && arguments.size() == 1 ? arguments.getFirst() : this;
    };
  }

  /** Whether a codec of the other type reads values of this one. */
  boolean isReadAs(ValueType other) {
    return boxed().equals(other.boxed());
  }

  private String boxed() {
    return switch (name) {
      case "int" -> "java.lang.Integer";
      case "long" -> "java.lang.Long";
      case "boolean" -> "java.lang.Boolean";
      default -> name;
    };
  }

  /** Whether its text may be anything, slashes included. */
  boolean isText() {
    return known || name.equals("java.lang.String");
  }
}
