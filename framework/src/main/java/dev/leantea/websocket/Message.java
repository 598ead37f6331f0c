package dev.leantea.websocket;

/** One message, whole: its fragments are put together, and it is inflated. */
public sealed interface Message {
  /** A text message. */
  record Text(String text) implements Message {}

  /**
   * A binary message. The array is not copied: do not change it while it is sent.
   *
   * @param bytes its content
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not copied
  record Binary(byte[] bytes) implements Message {}
}
