package dev.leantea.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/**
 * The value of a {@code Content-Type} field (RFC 9110 §8.3), kept as it was written.
 *
 * @param value for example {@code text/plain; charset=utf-8}
 */
public record MediaType(String value) {
  public static final MediaType TEXT = new MediaType("text/plain; charset=utf-8");
  public static final MediaType HTML = new MediaType("text/html; charset=utf-8");
  public static final MediaType JSON = new MediaType("application/json");
  public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream");
  public static final MediaType EVENT_STREAM = new MediaType("text/event-stream");
  public static final MediaType FORM = new MediaType("application/x-www-form-urlencoded");
  public static final MediaType MULTIPART = new MediaType("multipart/form-data");

  public MediaType {
    Headers.requireValue("Content-Type", value);
  }

  /**
   * The media type that a file's name ends with, such as {@code .png}; {@link #OCTET_STREAM} for an
   * unknown ending.
   */
  public static MediaType ofFile(String fileName) {
    return FileMediaTypes.of(fileName);
  }

  /** Type and subtype in lower case, without parameters: {@code text/plain}. */
  public String essence() {
    int end = value.indexOf(';');
    return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** Whether type and subtype are equal, whatever the parameters. */
  public boolean matches(MediaType other) {
    return essence().equals(other.essence());
  }

  /**
   * The {@code charset} parameter, UTF-8 when there is none.
   *
   * @throws HttpException 415 when this JVM does not know the charset
   */
  public Charset charset() {
    String name = parameter("charset");
    if (name.isEmpty()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new HttpException(415, "unknown charset: " + name, e);
    }
  }

  /** The value of a parameter without its quotes, or an empty string. The name is in any case. */
  public String parameter(String name) {
    int at = value.indexOf(';');
    while (at >= 0) {
      int end = endOfParameter(at + 1);
      String part = value.substring(at + 1, end);
      int equals = part.indexOf('=');
      if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
        return unquote(part.substring(equals + 1).strip());
      }
      at = end < value.length() ? end : -1;
    }
    return "";
  }

  /** The index of the {@code ;} that ends a parameter, passing over quoted strings. */
  private int endOfParameter(int from) {
    boolean quoted = false;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return value.length();
  }

  private static String unquote(String text) {
    if (text.length() < 2 || text.charAt(0) != '"' || !text.endsWith("\"")) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\' && i < text.length() - 2) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}
