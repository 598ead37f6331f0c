package dev.leantea.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of HTTP/2 over a real socket. The cuts are random; {@code -Dleantea.seed=N} repeats
 * those of a run that failed.
 */
public abstract class Http2WireContract extends ServerContract {
  private static final long SEED = Long.getLong("leantea.seed", System.nanoTime());
  private static final int MAX_CUTS = 6;

  /** The stream of a further request. */
  private static final int LAST_STREAM = Integer.MAX_VALUE;

  static List<Http2Case> cases() {
    return Http2Cases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void whole_expectedReplies(Http2Case wireCase) throws IOException {
    replay(wireCase);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void cutAtRandom_expectedReplies(Http2Case wireCase) throws IOException {
    var random = new Random(SEED ^ wireCase.name().hashCode());
    int length = wireCase.bytes().length;
    int[] cuts = random.ints(1 + random.nextInt(MAX_CUTS), 0, length).sorted().toArray();
    try {
      replay(wireCase, cuts);
    } catch (IOException | AssertionError e) {
      throw new AssertionError(
          "cut at %s, with -Dleantea.seed=%d".formatted(Arrays.toString(cuts), SEED), e);
    }
  }

  private void replay(Http2Case wireCase, int... cuts) throws IOException {
    try (var client = new Http2Client(port())) {
      byte[] bytes = wireCase.bytes();
      int from = 0;
      for (int cut : cuts) {
        client.write(Arrays.copyOfRange(bytes, from, cut));
        from = cut;
      }
      client.write(Arrays.copyOfRange(bytes, from, bytes.length));
      var replies = new Http2Replies();
      try {
        while (!wireCase.isComplete(replies)) {
          replies.add(client.readFrame());
        }
        checkFate(wireCase, client, replies);
      } catch (EOFException e) {
        throw new AssertionError("the connection ended with " + replies, e);
      }
    }
  }

  /** The connection serves a further request, or ends. */
  private static void checkFate(Http2Case wireCase, Http2Client client, Http2Replies replies)
      throws IOException {
    if (wireCase.open()) {
      client.request(LAST_STREAM, "HEAD", "/health", true); // needs no window
      while (replies.of(LAST_STREAM).isEmpty()
          || replies.of(LAST_STREAM).getLast().endsWith("...")) {
        replies.add(client.readFrame());
      }
      wireCase.check(replies);
    } else {
      wireCase.check(replies);
      client.awaitEnd();
    }
  }
}
