package dev.leantea.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's attributes, the last one that was set first. Immutable. */
record AttributeValue(Attribute<?> key, Object value, @Nullable AttributeValue earlier) {
  @SuppressWarnings({
    "unchecked",
    "ReferenceEquality"
  }) // Request.with sets a value of the key's type
  static <T> Optional<T> find(@Nullable AttributeValue last, Attribute<T> key) {
    for (AttributeValue next = last; next != null; next = next.earlier) {
      if (next.key == key) {
        return Optional.of((T) next.value);
      }
    }
    return Optional.empty();
  }
}
