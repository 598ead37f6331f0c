package dev.leantea.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the documents of {@link WireCases} and {@link Http2Cases} have in common: cases one after
 * another, each of which begins with {@code case NAME}, and comments.
 *
 * @param file its name, for messages
 * @param ends which lines end a case, for messages
 * @param begin makes the draft of a case from its name
 */
record CaseDocument<C>(String file, String ends, Function<String, CaseDraft<C>> begin) {
  /** A case that is being read. */
  interface CaseDraft<C> {
    /**
     * Reads a line.
     *
     * @return the case, when the line ends it
     * @throws RuntimeException for a malformed line
     */
    Optional<C> line(String line);
  }

  /** The text of a document on the class path. */
  static String resource(String path) {
    try (InputStream in = CaseDocument.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("cases: expected a resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the cases.
   *
   * @throws IllegalArgumentException with the number of the line that is malformed
   */
  List<C> parse(String document) {
    var cases = new ArrayList<C>();
    var open = new ArrayList<CaseDraft<C>>(1);
    List<String> lines = document.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        line(lines.get(i), open, cases);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "%s:%d: %s, got: %s".formatted(file, i + 1, e.getMessage(), lines.get(i)), e);
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(file + ": " + ends + " at the end");
    }
    return cases;
  }

  private void line(String line, List<CaseDraft<C>> open, List<C> cases) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith("case ")) {
      require(open.isEmpty(), ends + " before the next case");
      String name = line.substring(5).strip();
      require(name.matches("[a-z0-9]+(-[a-z0-9]+)*"), "expected a name of letters, digits and -");
      open.add(begin.apply(name));
      return;
    }
    require(!open.isEmpty(), "expected a case");
    open.getFirst()
        .line(line)
        .ifPresent(
            ended -> {
              cases.add(ended);
              open.clear();
            });
  }

  static void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(expected);
    }
  }
}
