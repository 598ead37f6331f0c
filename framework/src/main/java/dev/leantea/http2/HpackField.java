package dev.leantea.http2;

/**
 * A decoded field. A field of the static or the dynamic table is the same object each time it is
 * referred to; its checks are made once.
 *
 * <p>Immutable; any thread.
 */
final class HpackField {
  /** RFC 7541 §4.1: the size of an entry beyond name and value. */
  static final int OVERHEAD = 32;

  final FieldName name;

  /** One character for each byte (ISO 8859-1). */
  final String value;

  /**
   * Whether the value may stand in a message: no control characters but HTAB, no space or HTAB
   * around it (RFC 9113 §8.2.1, RFC 9110 §5.5).
   */
  final boolean validValue;

  HpackField(FieldName name, String value, boolean validValue) {
    this.name = name;
    this.value = value;
    this.validValue = validValue;
  }

  /** RFC 7541 §4.1, and RFC 9113 §6.5.2 for SETTINGS_MAX_HEADER_LIST_SIZE. */
  int size() {
    return name.text.length() + value.length() + OVERHEAD;
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
