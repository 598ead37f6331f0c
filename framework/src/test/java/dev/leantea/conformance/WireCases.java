package dev.leantea.conformance;

import static dev.leantea.conformance.CaseDocument.require;

import dev.leantea.conformance.WireCase.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the documents {@code wire/*.wire}:
 *
 * <pre>
 *  # a comment
 *  case name-of-the-case
 *  from RFC 9112 §2.2
 *  &gt; GET /health HTTP/1.1\\r\\n        bytes that the client sends: \\r \\n \\t \\\\ \\xHH are escapes
 *  &gt;*3 X-Field: 1\\r\\n               the same, three times
 *  &gt;|                               the client ends its sending side
 *  &lt; 200 = ok                       a response, with this body; without a = any body will do
 *  &lt; 200 head                       a response to a HEAD
 *  &lt;: Allow: GET, HEAD, OPTIONS     a field line that the response above must have
 *  &lt; open                           the connection goes on; or: closed
 * </pre>
 */
public final class WireCases {
  /** The documents. */
  public static final List<String> TOPICS =
      List.of(
          "line-endings",
          "request-line",
          "methods",
          "target",
          "fields",
          "host",
          "content-length",
          "transfer-encoding",
          "chunks",
          "trailers",
          "expect",
          "connection",
          "pipelining",
          "http10",
          "bodies",
          "limits");

  private WireCases() {}

  /** The cases of all documents. */
  public static List<WireCase> all() {
    return TOPICS.stream().flatMap(topic -> ofTopic(topic).stream()).toList();
  }

  private static List<WireCase> ofTopic(String topic) {
    return parse(topic, CaseDocument.resource("/wire/" + topic + ".wire"));
  }

  /**
   * Reads one document.
   *
   * @throws IllegalArgumentException with the number of the line that is malformed
   */
  public static List<WireCase> parse(String topic, String document) {
    return new CaseDocument<WireCase>(
            topic + ".wire", "expected < open or < closed", name -> new Draft(topic, name))
        .parse(document);
  }

  /** A case that is being read. */
  private static final class Draft implements CaseDocument.CaseDraft<WireCase> {
    private final String topic;
    private final String name;
    private final StringBuilder request = new StringBuilder();
    private final List<Answer> answers = new ArrayList<>();
    private String source = "";
    private boolean halfClose;

    Draft(String topic, String name) {
      this.topic = topic;
      this.name = name;
    }

    @Override
    public Optional<WireCase> line(String line) {
      if (line.equals("< open") || line.equals("< closed")) {
        return Optional.of(finish(line.equals("< open")));
      }
      part(line);
      return Optional.empty();
    }

    private void part(String line) {
      if (line.startsWith("from ")) {
        source = line.substring(5).strip();
      } else if (line.equals(">|")) {
        halfClose = true;
      } else if (line.startsWith("> ")) {
        request.append(unescape(line.substring(2)));
      } else if (line.startsWith(">*")) {
        int space = line.indexOf(' ');
        int times = Integer.parseInt(line.substring(2, space));
        request.append(unescape(line.substring(space + 1)).repeat(times));
      } else if (line.startsWith("<: ")) {
        Answer last = answers.removeLast();
        var fields = new ArrayList<>(last.fields());
        fields.add(unescape(line.substring(3)));
        answers.add(new Answer(last.status(), last.head(), last.body(), List.copyOf(fields)));
      } else if (line.matches("< [1-5][0-9][0-9]( head)?( =.*)?")) {
        answers.add(answer(line.substring(2)));
      } else {
        throw new IllegalArgumentException("expected a line of a wire case");
      }
    }

    private static Answer answer(String text) {
      int equals = text.indexOf('=');
      Optional<String> body =
          equals < 0
              ? Optional.empty()
              : Optional.of(unescape(text.substring(Math.min(equals + 2, text.length()))));
      String before = equals < 0 ? text : text.substring(0, equals);
      int status = Integer.parseInt(text.substring(0, 3));
      return new Answer(status, before.contains("head"), body, List.of());
    }

    private WireCase finish(boolean open) {
      require(!source.isEmpty(), "expected a line: from SOURCE");
      require(!request.isEmpty(), "expected request bytes");
      require(open || halfClose || !answers.isEmpty(), "expected an answer");
      byte[] bytes = request.toString().getBytes(StandardCharsets.ISO_8859_1);
      return new WireCase(topic, name, source, bytes, halfClose, List.copyOf(answers), open);
    }
  }

  /** Bytes as characters below U+0100. */
  private static String unescape(String text) {
    var bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      require(c >= ' ' && c <= '~', "expected ASCII, or an escape");
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      char kind = text.charAt(++i);
      switch (kind) {
        case 'r' -> bytes.append('\r');
        case 'n' -> bytes.append('\n');
        case 't' -> bytes.append('\t');
        case '\\' -> bytes.append('\\');
        case 'x' -> {
          bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException("expected \\r \\n \\t \\\\ or \\xHH");
      }
    }
    return bytes.toString();
  }
}
