package dev.leantea.conformance;

import java.util.List;
import java.util.Map;

/**
 * Frames of an HTTP/2 client, and what any server of ours answers.
 *
 * @param topic the document that it is from
 * @param name unique in its topic
 * @param source the section of an RFC, or the CVE, that it comes from
 * @param bytes what the client sends, with its preface
 * @param replies by stream: what {@link Http2Replies#of} must return; a status without a body
 *     stands for any body
 * @param pings payloads of PING frames that must be answered, in Latin-1
 * @param goAway the error code of GOAWAY, with which the connection ends; empty if it goes on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Http2Case(
    String topic,
    String name,
    String source,
    byte[] bytes,
    Map<Integer, List<String>> replies,
    List<String> pings,
    String goAway) {

  /** Whether the connection serves a further request. */
  public boolean open() {
    return goAway.isEmpty();
  }

  /** Whether all that is expected has come. */
  public boolean isComplete(Http2Replies received) {
    boolean streams =
        replies.entrySet().stream()
            .allMatch(it -> isComplete(it.getValue(), received.of(it.getKey())));
    boolean pinged = received.pings().size() >= pings.size();
    return streams && pinged && (open() || received.goAways().contains(goAway));
  }

  /** A response that has begun is not complete: a later one may overtake the rest of it. */
  private static boolean isComplete(List<String> expected, List<String> got) {
    boolean ended = expected.isEmpty() || expected.getLast().endsWith("...");
    return got.size() >= expected.size() && (ended || !got.getLast().endsWith("..."));
  }

  /** Fails when something else than expected has come. */
  public void check(Http2Replies received) {
    replies.forEach((stream, expected) -> checkStream(stream, expected, received.of(stream)));
    if (!received.pings().equals(pings)) {
      throw new AssertionError("PING answers: expected " + pings + ", got " + received.pings());
    }
    List<String> ends = open() ? List.of() : List.of(goAway);
    if (!received.goAways().equals(ends)) {
      throw new AssertionError("GOAWAY: expected " + ends + ", got " + received.goAways());
    }
  }

  private void checkStream(int stream, List<String> expected, List<String> got) {
    boolean equal = expected.size() == got.size();
    for (int i = 0; equal && i < expected.size(); i++) {
      String wanted = expected.get(i);
      boolean anyBody = !wanted.contains("=") && got.get(i).contains("=");
      equal = anyBody ? got.get(i).startsWith(wanted + " =") : got.get(i).equals(wanted);
    }
    if (!equal) {
      throw new AssertionError(
          "%s: stream %d: expected %s, got %s".formatted(source, stream, expected, got));
    }
  }

  @Override
  public String toString() {
    return topic + "/" + name;
  }
}
