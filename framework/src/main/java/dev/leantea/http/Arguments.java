package dev.leantea.http;

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
}
