package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireCase;
import dev.leantea.conformance.WireCase.Answer;
import dev.leantea.conformance.WireCases;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http1.MemoryTransport.Style;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wire case, in memory: however it is cut and whoever runs it, the answer is the same. */
class WireCaseTest {
  /** A longer case is cut at every place near its ends only, and at some in between. */
  private static final int MAX_CUT_EVERYWHERE = 1500;

  private static final List<Style> STYLES = List.of(Style.values());
  private static final byte[] GET = Bytes.latin1("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  private static final byte[] POST =
      Bytes.latin1("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nfirst");

  static List<WireCase> cases() {
    return WireCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void whole_anyStyle_expectedAnswer(WireCase wireCase) {
    for (Style style : Style.values()) {
      try (var peer = new MemoryPeer(style)) {
        assertAnswered(wireCase, end(wireCase, peer.send(wireCase.request())), 0);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void cutAtEveryByte_sameAnswer(WireCase wireCase) {
    List<String> whole = whole(wireCase);
    cuts(wireCase.request().length)
        .forEach(
            cut -> {
              Style style = STYLES.get(cut % STYLES.size());
              try (var peer = new MemoryPeer(style)) {
                assertThat(transcript(end(wireCase, peer.sendCut(wireCase.request(), cut))))
                    .as("cut at %d, %s", cut, style)
                    .isEqualTo(whole);
              }
            });
  }

  private static List<String> whole(WireCase wireCase) {
    try (var peer = new MemoryPeer(Style.CARRIED)) {
      return transcript(end(wireCase, peer.send(wireCase.request())));
    }
  }

  private static IntStream cuts(int length) {
    IntStream all = IntStream.range(1, length);
    return length <= MAX_CUT_EVERYWHERE
        ? all
        : all.filter(cut -> cut < 200 || cut > length - 200 || cut % 509 == 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void oneByteAtATime_sameAnswer(WireCase wireCase) {
    for (Style style : Style.values()) {
      try (var peer = new MemoryPeer(style)) {
        assertAnswered(wireCase, end(wireCase, peer.sendEachByte(wireCase.request())), 0);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void betweenGoodRequests_theirAnswersAreKept(WireCase wireCase) {
    byte[] bytes = join(GET, POST, wireCase.request());
    if (!wireCase.halfClose()) {
      bytes = join(bytes, GET);
    }
    for (Style style : Style.values()) {
      try (var peer = new MemoryPeer(style)) {
        assertBetween(wireCase, end(wireCase, peer.send(bytes)));
      }
    }
  }

  private static void assertBetween(WireCase wireCase, MemoryPeer peer) {
    List<Reply> replies = peer.replies();
    assertThat(replies.get(0).text()).isEqualTo("ok");
    assertThat(replies.get(1).text()).isEqualTo("first");
    boolean more = wireCase.open() && !wireCase.halfClose();
    assertThat(replies).hasSize(2 + wireCase.answers().size() + (more ? 1 : 0));
    if (more) {
      assertThat(replies.getLast().text()).isEqualTo("ok");
    }
    assertAnswered(wireCase, peer, 2);
  }

  private static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static MemoryPeer end(WireCase wireCase, MemoryPeer peer) {
    return wireCase.halfClose() ? peer.endInput() : peer;
  }

  private static void assertAnswered(WireCase wireCase, MemoryPeer peer, int before) {
    List<Reply> replies = peer.replies().subList(before, peer.replies().size());
    List<Answer> answers = wireCase.answers();
    assertThat(replies.stream().map(Reply::status).limit(answers.size()))
        .as(() -> wireCase.source() + ": statuses of " + replies)
        .isEqualTo(answers.stream().map(Answer::status).toList());
    if (before == 0) {
      assertThat(replies).hasSameSizeAs(answers);
    }
    for (int i = 0; i < answers.size(); i++) {
      answers.get(i).check(replies.get(i));
    }
    assertThat(peer.transport.ended()).as("ended").isEqualTo(!wireCase.open());
    if (wireCase.halfClose()) {
      assertThat(peer.transport.isClosed()).as("closed, as nobody is left").isTrue();
    }
  }

  /** All that the client sees, but the time. */
  private static List<String> transcript(MemoryPeer peer) {
    var lines = new ArrayList<String>();
    for (Reply reply : peer.replies()) {
      lines.add(reply.statusLine());
      reply.fields().stream().filter(line -> !line.startsWith("Date:")).forEach(lines::add);
      lines.add(reply.text());
    }
    lines.add(peer.transport.ended() ? "ended" : "open");
    return lines;
  }
}
