package dev.leantea.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the documents {@code wire-http2/*.frames}:
 *
 * <pre>
 *  # a comment
 *  case name-of-the-case
 *  from RFC 9113 §6.1
 *  settings 4=0                          in the client's preface; or: preface none
 *  &gt; request 1 GET /health {a|b}         HEADERS with END_STREAM, and a further field
 *  &gt; upload 1 POST /echo                 HEADERS without END_STREAM
 *  &gt; DATA 1 END_STREAM PADDED = 02 "hi" *2    a frame: type, stream, flags, payload
 *  &gt;*3 PING 0 = *8                       the same, three times
 *  &gt; raw = "GET"                         bytes
 *  &lt; 1 200 = ok                          a response on stream 1; without a = any body
 *  &lt; 1 reset CANCEL
 *  &lt; ping 12345678                       the answer to a PING
 *  &lt; open                                the connection goes on; or: goaway PROTOCOL_ERROR
 * </pre>
 *
 * <p>Payloads are parts with spaces between them: see {@link Http2CaseBytes}.
 */
public final class Http2Cases {
  /** The documents. */
  public static final List<String> TOPICS =
      List.of(
          "preface",
          "frames",
          "blocks",
          "streams",
          "data",
          "settings",
          "connection",
          "windows",
          "hpack",
          "fields",
          "pseudo-fields",
          "content-length",
          "connect",
          "priority",
          "abuse");

  private Http2Cases() {}

  /** The cases of all documents. */
  public static List<Http2Case> all() {
    return TOPICS.stream().flatMap(topic -> ofTopic(topic).stream()).toList();
  }

  private static List<Http2Case> ofTopic(String topic) {
    String file = "/wire-http2/" + topic + ".frames";
    try (InputStream in = Http2Cases.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("HTTP/2 cases: expected a resource " + file);
      }
      return parse(topic, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one document.
   *
   * @throws IllegalArgumentException with the number of the line that is malformed
   */
  static List<Http2Case> parse(String topic, String document) {
    var cases = new ArrayList<Http2Case>();
    var open = new ArrayList<Http2CaseDraft>(1);
    List<String> lines = document.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        line(topic, lines.get(i), open, cases);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "%s.frames:%d: %s, got: %s".formatted(topic, i + 1, e.getMessage(), lines.get(i)), e);
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(topic + ".frames: expected < open or < goaway at the end");
    }
    return cases;
  }

  private static void line(
      String topic, String line, List<Http2CaseDraft> open, List<Http2Case> cases) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith("case ")) {
      require(open.isEmpty(), "expected < open or < goaway before the next case");
      open.add(new Http2CaseDraft(topic, line.substring(5).strip()));
      return;
    }
    require(!open.isEmpty(), "expected a case");
    if (line.equals("< open") || line.startsWith("< goaway ")) {
      cases.add(open.removeFirst().finish(line.equals("< open") ? "" : line.substring(9)));
    } else {
      open.getFirst().line(line);
    }
  }

  static void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(expected);
    }
  }
}
