package dev.leantea.http1;

import dev.leantea.http.Headers;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import java.util.Locale;

/**
 * A request's head: a copy of its bytes, and an index of its field lines. Names and values are
 * converted to strings on access.
 *
 * <pre>
 *  index   ┌ 4 i      ┌ 4 i + 1   ┌ 4 i + 2  ┌ 4 i + 3
 *          name from, name to,    value from, value to
 * </pre>
 *
 * <p>Filled by {@link RequestParser}, then only read, by any thread.
 */
final class RequestHead implements Headers {
  /** The index of a line that does not exist. */
  static final int NONE = -1;

  private static final int ENTRY = 4;

  final byte[] bytes;
  private final int[] index;
  private final int size;

  Method method = Method.GET;
  HttpVersion version = HttpVersion.HTTP_1_1;
  int targetFrom;
  int targetTo;

  // The lines that framing and persistence depend on, for MessageFraming and KeepAlive.
  int hosts;
  int hostLine = NONE;
  boolean hostIsKnown;
  int contentLengths;
  int contentLengthLine = NONE;
  int transferEncodings;
  int transferEncodingLine = NONE;
  int expectLine = NONE;
  boolean saysClose;
  boolean saysKeepAlive;
  boolean expectsContinue;

  RequestHead(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
    this.index = new int[size * ENTRY];
  }

  void line(int i, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    int at = i * ENTRY;
    index[at] = nameFrom;
    index[at + 1] = nameTo;
    index[at + 2] = valueFrom;
    index[at + 3] = valueTo;
  }

  int nameFrom(int i) {
    return index[i * ENTRY];
  }

  int nameTo(int i) {
    return index[i * ENTRY + 1];
  }

  int valueFrom(int i) {
    return index[i * ENTRY + 2];
  }

  int valueTo(int i) {
    return index[i * ENTRY + 3];
  }

  String target() {
    return Bytes.latin1(bytes, targetFrom, targetTo);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String name(int i) {
    return Bytes.latin1(bytes, nameFrom(i), nameTo(i));
  }

  @Override
  public String value(int i) {
    return Bytes.latin1(bytes, valueFrom(i), valueTo(i));
  }

  @Override
  public boolean named(int i, String name) {
    int from = nameFrom(i);
    int to = nameTo(i);
    if (to - from != name.length()) {
      return false;
    }
    for (int k = 0; k < name.length(); k++) {
      int a = bytes[from + k];
      int b = name.charAt(k);
      if (a != b && ((a ^ b) != 0x20 || !isLetter(a))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(int c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  @Override
  public String toString() {
    return method + " " + target() + " " + version.toString().toUpperCase(Locale.ROOT);
  }
}
