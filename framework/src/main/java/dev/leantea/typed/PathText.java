package dev.leantea.typed;

import dev.leantea.http.PercentEncoding;
import dev.leantea.http.RequestTarget;
import dev.leantea.routing.PathPattern;
import dev.leantea.routing.PathPattern.Segment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a path so that {@link dev.leantea.http.RequestTarget#parse} reads the same values back.
 *
 * <p>Values without such a path are refused: an empty segment for a {@code {parameter}}; {@code .}
 * and {@code ..}, which are dot segments however they are encoded (RFC 3986 §6.2.2); two dots
 * beside a slash that is data; NUL; an unpaired surrogate, which has no UTF-8 encoding.
 */
final class PathText {
  private PathText() {}

  /**
   * The path of a pattern.
   *
   * @param value the text for a placeholder's name
   * @throws IllegalArgumentException when a value cannot be written in a path
   */
  static String write(PathPattern pattern, Function<String, String> value) {
    var out = new StringBuilder(pattern.text().length() + 16);
    for (Segment segment : pattern.segments()) {
      switch (segment) {
        case Segment.Literal(String literal) ->
            out.append('/').append(PercentEncoding.encodeSegment(literal));
        case Segment.Parameter(String name) -> writeSegment(out, name, value.apply(name));
        case Segment.Rest(String name) -> writeRest(out, name, value.apply(name));
      }
    }
    return out.toString();
  }

  private static void writeSegment(StringBuilder out, String name, String value) {
    if (value.isEmpty()) {
      throw refused(name, "an empty one");
    }
    out.append('/').append(PercentEncoding.encodeSegment(requireSegment(name, value)));
  }

  private static void writeRest(StringBuilder out, String name, String value) {
    boolean atRoot = out.isEmpty();
    List<String> segments = List.of(value.split("/", -1));
    for (String segment : segments) {
      out.append('/').append(PercentEncoding.encodeSegment(requireSegment(name, segment)));
    }
    if (atRoot && out.length() > 1 && out.charAt(1) == '/') {
      // RFC 3986 §4.2: a link that starts with // leads to another host; the slash is data here.
      out.replace(1, 2, "%2F");
    }
  }

  private static String requireSegment(String name, String value) {
    fault(value)
        .ifPresent(
            fault -> {
              throw refused(name, fault);
            });
    return value;
  }

  private static IllegalArgumentException refused(String name, String fault) {
    return new IllegalArgumentException(
        "{" + name + "}: expected a value that can stand in a path, got " + fault);
  }

  /** Why a text cannot be a segment; empty if it can. */
  static Optional<String> fault(String segment) {
    if (segment.equals(".") || segment.equals("..")) {
      return Optional.of("the dot segment " + segment);
    }
    if (RequestTarget.leadsUpwards(segment)) {
      return Optional.of("two dots beside a slash");
    }
    if (segment.indexOf('\0') >= 0) {
      return Optional.of("one with NUL");
    }
    return isUnicode(segment) ? Optional.empty() : Optional.of("one with half a surrogate pair");
  }

  /** Whether it has a UTF-8 encoding. */
  static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return isUnicodeSlowPath(text);
      }
    }
    return true;
  }

  private static boolean isUnicodeSlowPath(String text) {
    return text.codePoints()
        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
