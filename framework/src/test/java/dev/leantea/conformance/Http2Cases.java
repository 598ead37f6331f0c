package dev.leantea.conformance;

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
    return parse(topic, CaseDocument.resource("/wire-http2/" + topic + ".frames"));
  }

  /**
   * Reads one document.
   *
   * @throws IllegalArgumentException with the number of the line that is malformed
   */
  static List<Http2Case> parse(String topic, String document) {
    return new CaseDocument<Http2Case>(
            topic + ".frames",
            "expected < open or < goaway",
            name -> new Http2CaseDraft(topic, name))
        .parse(document);
  }
}
