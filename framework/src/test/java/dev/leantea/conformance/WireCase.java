package dev.leantea.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

/**
 * Bytes of a client, and what any server of ours says to them.
 *
 * @param topic the document that it is from
 * @param name unique among all documents
 * @param source the section of an RFC, or the CVE, that it comes from
 * @param request what the client sends
 * @param halfClose whether the client then ends its sending side
 * @param answers what the server sends, in order, interim responses too
 * @param open whether the connection then serves a further request
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WireCase(
    String topic,
    String name,
    String source,
    byte[] request,
    boolean halfClose,
    List<Answer> answers,
    boolean open) {

  /**
   * One response.
   *
   * @param head whether it answers a HEAD, and so has no body whatever its fields say
   * @param body the exact body in Latin-1, where it matters
   * @param fields lines that it must have, exactly
   */
  public record Answer(int status, boolean head, Optional<String> body, List<String> fields) {
    /** Fails when the response is another one. Every final response has one Connection line. */
    public void check(WireClient.Reply reply) {
      assertThat(reply.status()).isEqualTo(status);
      body.ifPresent(text -> assertThat(reply.body()).isEqualTo(text.getBytes(ISO_8859_1)));
      assertThat(reply.fields()).containsAll(fields);
      if (status >= 200) {
        assertThat(reply.field("Connection")).isIn("keep-alive", "close");
      }
    }
  }

  @Override
  public String toString() {
    return topic + "/" + name;
  }
}
