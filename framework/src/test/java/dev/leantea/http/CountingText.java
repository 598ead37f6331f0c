package dev.leantea.http;

/** Text that counts how often its characters are looked at. */
final class CountingText implements CharSequence {
  private final String text;
  private long looks;

  CountingText(String text) {
    this.text = text;
  }

  /** How many characters were read, one by one or as a part. */
  long looks() {
    return looks;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    looks++;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    looks += end - start;
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    looks += text.length();
    return text;
  }
}
