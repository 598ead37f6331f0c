package dev.leantea.http;

import java.util.ArrayList;
import java.util.List;

/** Checks of arguments: a wrong one is refused where it is passed, and not when it is used. */
final class Arguments {
  private Arguments() {}

  /**
   * Returns the value.
   *
   * @param name of the parameter, for the message
   * @throws NullPointerException when it is null
   */
  @SuppressWarnings("ConstantValue") // a caller may pass null, whatever the signature says
  static <T> T require(T value, String name) {
    if (value == null) {
      throw new NullPointerException(name + ": expected a value, got null");
    }
    return value;
  }

  /** One or more values as a list. */
  static <T> List<T> listOf(T first, T[] others) {
    var all = new ArrayList<T>();
    all.add(require(first, "first"));
    all.addAll(List.of(others));
    return all;
  }
}
