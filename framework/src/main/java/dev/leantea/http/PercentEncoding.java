package dev.leantea.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of UTF-8 text (RFC 3986 §2.1). Any thread. */
public final class PercentEncoding {
  /** unreserved: RFC 3986 §2.3, beside letters and digits. */
  private static final String UNRESERVED_MARKS = "-._~";

  /** pchar: RFC 3986 §3.3, beside letters and digits. */
  private static final String SEGMENT_MARKS = UNRESERVED_MARKS + "!$&'()*+,;=:@";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /**
   * Encodes every character but the unreserved ones, so that the result may stand in a path
   * segment, a query name or a query value. An unpaired surrogate becomes {@code ?}'s replacement
   * by UTF-8, for it has no encoding.
   */
  public static String encode(String text) {
    int plain = 0;
    while (plain < text.length() && isUnreserved(text.charAt(plain))) {
      plain++;
    }
    return plain == text.length() ? text : encodeSlowPath(text);
  }

  private static String encodeSlowPath(String text) {
    return encode(text, PercentEncoding::isUnreserved);
  }

  /**
   * Encodes the characters that may not stand in a path segment (RFC 3986 §3.3) and no others, so
   * as {@link Request#path} has them. A slash is encoded.
   */
  public static String encodeSegment(String text) {
    int plain = 0;
    while (plain < text.length() && isPlainInSegment(text.charAt(plain))) {
      plain++;
    }
    return plain == text.length() ? text : encode(text, PercentEncoding::isPlainInSegment);
  }

  /** pchar without percent-encoding. */
  static boolean isPlainInSegment(char c) {
    return Characters.isAlphanumeric(c) || SEGMENT_MARKS.indexOf(c) >= 0;
  }

  private static String encode(String text, CharPredicate plain) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var out = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      append(out, b, plain.test((char) (b & 0xFF)));
    }
    return out.toString();
  }

  @FunctionalInterface
  private interface CharPredicate {
    boolean test(char c);
  }

  private static void append(StringBuilder out, byte b, boolean plain) {
    if (plain) {
      out.append((char) b);
    } else {
      HEX.toHexDigits(out.append('%'), b);
    }
  }

  /**
   * Encodes what may not stand in the path, query and fragment of a URI reference: characters
   * beyond ASCII, white space, controls, quotes, brackets, braces and the like. Delimiters and what
   * is encoded already stay as they are, so this is for text that was put together from encoded
   * parts, or that a user typed; {@link #encode} is for one part.
   */
  public static String encodeReference(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
    var out = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      char c = latin1.charAt(i);
      append(
          out,
          bytes[i],
          c == '%' ? UriReference.isEncodedByte(latin1, i) : UriReference.isPlain(c));
    }
    return out.toString();
  }

  /**
   * Decodes {@code %XX} once; {@code +} stays a plus sign.
   *
   * @throws IllegalArgumentException when a {@code %} is not followed by two hexadecimal digits or
   *     the bytes are no UTF-8
   */
  public static String decode(String text) {
    return text.indexOf('%') < 0 ? text : decodeSlowPath(text);
  }

  /** As {@link #decode}, with {@code +} read as a space: a form's and a query's rule. */
  public static String decodeForm(String text) {
    return decode(text.replace('+', ' '));
  }

  private static String decodeSlowPath(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      bytes.put(decodedByte(text, i));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "percent-encoding: expected UTF-8, got " + Characters.quote(text), e);
    }
  }

  private static byte decodedByte(String text, int at) {
    int high = at + 1 < text.length() ? Characters.hex(text.charAt(at + 1)) : -1;
    int low = at + 2 < text.length() ? Characters.hex(text.charAt(at + 2)) : -1;
    if (high < 0 || low < 0) {
      throw new IllegalArgumentException(
          "percent-encoding: expected two hexadecimal digits after %, at "
              + at
              + " of "
              + Characters.quote(text));
    }
    return (byte) (high << 4 | low);
  }

  private static boolean isUnreserved(char c) {
    return Characters.isAlphanumeric(c) || UNRESERVED_MARKS.indexOf(c) >= 0;
  }
}
