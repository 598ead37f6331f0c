package dev.leantea.routing;

import dev.leantea.http.PercentEncoding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

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
 * @param text as it was written
 * @param segments its parts, in order
 */
public record PathPattern(String text, List<Segment> segments) {
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
   *     malformed or named twice, or something follows {@code {rest...}}
   */
  public static PathPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw malformed(text, "a path that starts with /");
    }
    var segments = new ArrayList<Segment>();
    for (String part : text.substring(1).split("/", -1)) {
      if (!segments.isEmpty() && segments.getLast() instanceof Segment.Rest) {
        throw malformed(text, "nothing after {rest...}");
      }
      segments.add(segment(text, part));
    }
    var pattern = new PathPattern(text, List.copyOf(segments));
    if (new HashSet<>(pattern.names()).size() < pattern.names().size()) {
      throw malformed(text, "each placeholder once");
    }
    return pattern;
  }

  private static Segment segment(String text, String part) {
    if (part.indexOf('{') < 0 && part.indexOf('}') < 0) {
      return new Segment.Literal(literal(text, part));
    }
    if (!part.startsWith("{") || !part.endsWith("}")) {
      throw malformed(text, "a placeholder to fill its segment: {name} or {name...}");
    }
    String name = part.substring(1, part.length() - 1);
    return name.endsWith("...")
        ? new Segment.Rest(requireName(text, name.substring(0, name.length() - 3)))
        : new Segment.Parameter(requireName(text, name));
  }

  private static String literal(String text, String part) {
    if (part.indexOf('?') >= 0 || part.indexOf('#') >= 0 || part.equals(".") || part.equals("..")) {
      throw malformed(text, "a plain path, without ?, # or dot segments");
    }
    return PercentEncoding.decode(part);
  }

  private static String requireName(String text, String name) {
    if (name.isEmpty() || !name.codePoints().allMatch(Character::isJavaIdentifierPart)) {
      throw malformed(text, "a placeholder's name to be a Java identifier");
    }
    return name;
  }

  private static IllegalArgumentException malformed(String text, String expected) {
    return new IllegalArgumentException("route: expected " + expected + ", got " + text);
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

  @Override
  public String toString() {
    return text;
  }
}
