package dev.leantea.routing;

import java.util.Objects;

/** What is wrong is found when the router is built, and not by its first request. */
final class Arguments {
  private Arguments() {}

  /** The value; a {@link NullPointerException} that names it when it is null. */
  static <T> T require(T value, String name) {
    return Objects.requireNonNull(value, () -> name + ": expected a value, got null");
  }
}
