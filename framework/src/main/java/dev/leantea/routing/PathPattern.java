package dev.leantea.routing;

import dev.leantea.http.PercentEncoding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A route's path:
 *
 * <pre>
 *  /users/{id}/files/{path...}
 *   │     │          └ the rest, with its slashes; last only; matches the empty rest too
 *   │     └ one segment, not empty
 *   └ literal: compared after decoding, case-sensitive
 * </pre>
 *
 * <p>The characters that other frameworks write placeholders with are percent-encoded where they
 * stand for themselves: {@code *} anywhere and {@code :} at the start of a segment, as {@code %2A}
 * and {@code %3A}.
 *
 * @param text as given
 * @param segments in order
 */
public record PathPattern(String text, List<Segment> segments) {
  private static final String PLACEHOLDERS =
      "{name} for a whole segment or {name...} for the rest of the path";

  /** Placeholders and wildcards of other frameworks, which would match only themselves. */
  private static final Pattern FOREIGN = Pattern.compile("^:|[*<>{}\\[\\]\\\\^|]");

  /** One part of a pattern. */
  public sealed interface Segment {
    /** A segment that must be equal, after decoding. */
    record Literal(String value) implements Segment {}

    /** Any one segment that is not empty. */
    record Parameter(String name) implements Segment {}

    /** All the segments that are left. */
    record Rest(String name) implements Segment {}
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it does not start with {@code /}, a placeholder is
   *     malformed or named twice, or something follows {@code {rest...}}; when it has a placeholder
   *     as other frameworks write it, such as {@code :id}, {@code *} or {@code <id>}
   */
  public static PathPattern parse(String text) {
    if (!Arguments.require(text, "route").startsWith("/")) {
      throw malformed(text, "a path that starts with /", text);
    }
    var segments = new ArrayList<Segment>();
    for (String part : text.substring(1).split("/", -1)) {
      if (!segments.isEmpty() && segments.getLast() instanceof Segment.Rest) {
        throw malformed(text, "nothing after {rest...}", part);
      }
      segments.add(segment(text, part));
    }
    var pattern = new PathPattern(text, List.copyOf(segments));
    if (new HashSet<>(pattern.names()).size() < pattern.names().size()) {
      throw malformed(text, "each placeholder once", pattern.names().toString());
    }
    return pattern;
  }

  private static Segment segment(String text, String part) {
    if (part.startsWith("{") && part.endsWith("}")) {
      return placeholder(text, part);
    }
    if (FOREIGN.matcher(part).find()) {
      throw malformed(text, PLACEHOLDERS + " (a literal character is percent-encoded)", part);
    }
    if (part.indexOf('?') >= 0 || part.indexOf('#') >= 0 || part.equals(".") || part.equals("..")) {
      throw malformed(text, "a plain path, without ?, # or dot segments", part);
    }
    return new Segment.Literal(PercentEncoding.decode(part));
  }

  private static Segment placeholder(String text, String part) {
    boolean rest = part.endsWith("...}");
    String name = part.substring(1, part.length() - (rest ? 4 : 1));
    if (name.isEmpty() || !name.codePoints().allMatch(Character::isJavaIdentifierPart)) {
      throw malformed(text, PLACEHOLDERS + ", with a Java identifier as its name", part);
    }
    return rest ? new Segment.Rest(name) : new Segment.Parameter(name);
  }

  private static IllegalArgumentException malformed(String text, String expected, String got) {
    String where = got.equals(text) ? "" : " in \"" + text + "\"";
    return new IllegalArgumentException(
        "route: expected " + expected + ", got \"" + got + "\"" + where);
  }

  /** The placeholders' names, in order. */
  public List<String> names() {
    return segments.stream()
        .<String>mapMulti(
            (segment, names) -> {
              switch (segment) {
                case Segment.Literal literal -> {}
                case Segment.Parameter(String name) -> names.accept(name);
                case Segment.Rest(String name) -> names.accept(name);
              }
            })
        .toList();
  }

  /** This pattern below a prefix: {@code /users} below {@code /api} is {@code /api/users}. */
  PathPattern below(String prefix) {
    return prefix.isEmpty() ? this : parse(text.equals("/") ? prefix : prefix + text);
  }

  /** This pattern as others are put {@link #below} it: without slashes at its end. */
  String asPrefix() {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
