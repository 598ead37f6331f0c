package dev.leantea.tls.engine;

/** A record that is refused before the library that decrypts sees it. */
final class BadRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Of the alert (RFC 8446 §6). */
  final byte description;

  BadRecordException(byte description, String message) {
    super(message);
    this.description = description;
  }
}
