package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.Http2Case;
import dev.leantea.conformance.Http2Cases;
import dev.leantea.conformance.Http2Replies;
import dev.leantea.http1.MemoryTransport.Style;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of HTTP/2, in memory: however it is cut and whoever runs it, the reply is the same.
 */
class Http2CaseTest {
  /** A longer case is cut at every place near its beginning only, and at some behind it. */
  private static final int MAX_CUT_EVERYWHERE = 600;

  /** The ways in which handlers run beside each other; where a thread reads, sockets are needed. */
  private static final List<Style> STYLES = List.of(Style.CARRIED, Style.QUEUED);

  static List<Http2Case> cases() {
    return Http2Cases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void whole_expectedReplies(Http2Case wireCase) {
    for (Style style : STYLES) {
      try (var peer = new Http2Peer(style)) {
        assertReplies(wireCase, peer.send(wireCase.bytes()));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void oneByteAtATime_expectedReplies(Http2Case wireCase) {
    for (Style style : STYLES) {
      try (var peer = new Http2Peer(style)) {
        assertReplies(wireCase, peer.sendEachByte(wireCase.bytes()));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void cutAtEveryByte_expectedReplies(Http2Case wireCase) {
    cuts(wireCase.bytes().length)
        .forEach(
            cut -> {
              Style style = STYLES.get(cut % STYLES.size());
              try (var peer = new Http2Peer(style)) {
                assertReplies(wireCase, peer.sendCut(wireCase.bytes(), cut));
              } catch (AssertionError e) {
                throw new AssertionError("cut at %d, %s".formatted(cut, style), e);
              }
            });
  }

  private static IntStream cuts(int length) {
    IntStream all = IntStream.range(1, length);
    return length <= MAX_CUT_EVERYWHERE
        ? all
        : all.filter(cut -> cut < 200 || cut > length - 50 || cut % (length / 50) == 0);
  }

  private static void assertReplies(Http2Case wireCase, Http2Peer peer) {
    Http2Replies replies = peer.replies();
    wireCase.check(replies);
    assertThat(peer.transport.ended()).as("ended, with %s", replies).isEqualTo(!wireCase.open());
  }
}
