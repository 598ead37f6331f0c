package dev.leantea.values;

/** A value of the right kind that the type cannot hold; the message is the range. */
final class OutOfRange extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  OutOfRange(String range) {
    super(range);
  }
}
