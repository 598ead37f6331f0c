package dev.leantea.bus;

/** What all implementations require. */
final class Topics {
  private Topics() {}

  static String requireName(String topic) {
    if (topic.isEmpty() || topic.length() > Bus.MAX_NAME) {
      throw new IllegalArgumentException(
          "bus: expected a topic of 1 to " + Bus.MAX_NAME + " characters, got " + topic.length());
    }
    return topic;
  }

  static int requireRetained(int retained, int least) {
    if (retained < least) {
      throw new IllegalArgumentException(
          "bus: expected to retain " + least + " messages or more, got " + retained);
    }
    return retained;
  }
}
