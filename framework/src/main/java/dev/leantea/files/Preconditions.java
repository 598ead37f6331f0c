package dev.leantea.files;

import dev.leantea.http.FileVersion;
import dev.leantea.http.HttpDate;
import dev.leantea.http.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Conditional requests (RFC 9110 §13). */
final class Preconditions {
  /** What to answer. */
  enum Outcome {
    SEND,
    NOT_MODIFIED,
    FAILED
  }

  private Preconditions() {}

  /** RFC 9110 §13.2.2: the order is fixed. */
  static Outcome of(Request request, FileVersion file) {
    if (request.headers().contains("If-Match")) {
      if (!matches(request, "If-Match", file, true)) {
        return Outcome.FAILED;
      }
    } else if (date(request, "If-Unmodified-Since")
        .filter(file.lastModified()::isAfter)
        .isPresent()) {
      return Outcome.FAILED;
    }
    if (request.headers().contains("If-None-Match")) {
      return matches(request, "If-None-Match", file, false) ? Outcome.NOT_MODIFIED : Outcome.SEND;
    }
    return date(request, "If-Modified-Since")
            .filter(since -> !file.lastModified().isAfter(since))
            .isPresent()
        ? Outcome.NOT_MODIFIED
        : Outcome.SEND;
  }

  /** RFC 9110 §13.1.5: whether the client's copy is this version, so that a range continues it. */
  static boolean rangeApplies(Request request, FileVersion file) {
    Optional<String> condition = request.header("If-Range");
    if (condition.isEmpty()) {
      return true;
    }
    // A date is false: a file's time can be set, so it does not tell versions apart reliably enough
    // to continue a download (RFC 9110 §8.8.2.2).
    String tag = condition.get();
    return isStrong(tag) && tag.equals(file.etag());
  }

  private static Optional<Instant> date(Request request, String name) {
    return request.header(name).flatMap(HttpDate::parse);
  }

  /** RFC 9110 §8.8.3.2: the strong comparison, or the weak one. */
  private static boolean matches(Request request, String name, FileVersion file, boolean strong) {
    return tags(request.headers().all(name))
        .anyMatch(
            tag ->
                tag.equals("*")
                    || (opaque(tag).equals(opaque(file.etag()))
                        && !(strong && !(isStrong(tag) && isStrong(file.etag())))));
  }

  private static Stream<String> tags(List<String> lines) {
    return lines.stream().flatMap(line -> Arrays.stream(line.split(","))).map(String::strip);
  }

  private static boolean isStrong(String tag) {
    return !tag.startsWith("W/");
  }

  private static String opaque(String tag) {
    return isStrong(tag) ? tag : tag.substring(2);
  }
}
