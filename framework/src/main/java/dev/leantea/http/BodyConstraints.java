package dev.leantea.http;

/**
 * Checks bodies by the constraints on their types, if Jakarta Validation is on the path. Without it
 * nothing is checked, and nothing is loaded.
 */
final class BodyConstraints {
  private static final boolean PRESENT = isPresent();

  private BodyConstraints() {}

  private static boolean isPresent() {
    try {
      Class.forName("jakarta.validation.Validator", false, BodyConstraints.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError _) {
      return false;
    }
  }

  /**
   * Returns if all is well.
   *
   * @throws HttpException 400 with all fields that break a constraint
   */
  static void require(Object value) {
    if (PRESENT) {
      JakartaConstraints.require(value);
    }
  }
}
