package dev.leantea.http1;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.ContractApplication;
import dev.leantea.conformance.WireCase;
import dev.leantea.conformance.WireCases;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Limits;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.http1.MemoryTransport.Style;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Whatever a client sends, in whatever pieces, the connection throws nothing, says nothing but
 * whole responses, keeps its word about the connection, and ends.
 *
 * <p>The input is what the wire cases say, mutated. {@code -Dleantea.fuzz.seconds=N} runs longer
 * than the few seconds of a build; {@code -Dleantea.seed=N} begins with the round that failed.
 */
class Http1ConnectionFuzzTest {
  private static final int SECONDS = Integer.getInteger("leantea.fuzz.seconds", 4);
  private static final long SEED = Long.getLong("leantea.seed", System.nanoTime());
  private static final int MAX_MUTATIONS = 6;
  private static final int MAX_PIECES = 8;
  private static final long LONG_AFTER = TimeUnit.MINUTES.toNanos(2);

  /** Longer ones would be most of the run, and say little more. */
  private static final int MAX_BYTES = 3000;

  private static final Limits LIMITS =
      Limits.DEFAULTS
          .withRequestLine(200)
          .withFieldSection(400)
          .withFieldCount(12)
          .withBodyInMemory(300);

  private static final List<Style> STYLES = List.of(Style.values());

  /** What parsers trip over. */
  private static final List<String> MORSELS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          " ",
          "\t",
          ":",
          ",",
          ";",
          "=",
          "\"",
          "\\",
          "%",
          "%2e",
          "/..",
          "*",
          "0",
          "1",
          "5",
          "ffffffff",
          "-1",
          "+1",
          "0x",
          "18446744073709551616",
          "HTTP/1.1",
          "HTTP/1.0",
          "GET ",
          "HEAD ",
          "POST ",
          "/health",
          "/echo",
          "/ignore",
          "/echo/stream",
          "/echo/nonblocking",
          "http://a",
          "Host: a\r\n",
          "Content-Length: 5\r\n",
          "Content-Length: 0\r\n",
          "Transfer-Encoding: chunked\r\n",
          "chunked",
          "Connection: close\r\n",
          "Connection: keep-alive\r\n",
          "Expect: 100-continue\r\n",
          "0\r\n\r\n",
          "5\r\nhello\r\n",
          "\r\n\r\n",
          "GET /health HTTP/1.1\r\nHost: a\r\n\r\n",
          "\u00ff",
          "\u0080",
          "\u007f");

  /** The contract's routes, without those that wait, break on purpose or answer at great length. */
  private record Guarded(Handler routes) implements Handler {
    private static final Pattern LEFT_OUT =
        Pattern.compile("(?s)/(sleep|fail|(bytes|stream)(?!(/exact)?/[0-9]{1,4}$)).*");

    private static final Handler NOT_HERE = nonBlocking(_ -> Response.empty(404));

    @Override
    public Response handle(Request request) throws Exception {
      return resolve(request).handle(request);
    }

    @Override
    public Handler resolve(Request request) throws HttpException {
      return LEFT_OUT.matcher(request.path()).matches() ? NOT_HERE : routes.resolve(request);
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD)
  void mutatedWireCases_anyCutsAndPauses_wholeResponsesAndAnEnd() {
    List<byte[]> corpus =
        WireCases.all().stream()
            .map(WireCase::request)
            .filter(bytes -> bytes.length < MAX_BYTES)
            .toList();
    Handler application = new Guarded(ContractApplication.routes());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    int rounds = 0;
    do {
      round(SEED + rounds++, corpus, application);
    } while (System.nanoTime() < end);
    assertThat(rounds).isPositive();
  }

  private static void round(long seed, List<byte[]> corpus, Handler application) {
    var random = new Random(seed);
    byte[] input = mutated(random, corpus);
    Style style = STYLES.get(random.nextInt(STYLES.size()));
    try (var peer = new MemoryPeer(style, application, LIMITS)) {
      boolean undisturbed = sendInPieces(random, peer, input);
      checkReplies(peer.replies());
      if (undisturbed) {
        checkSameAsWhole(peer, input, application);
      }
      end(random, peer);
      checkReplies(peer.replies());
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "-Dleantea.seed=%d begins with this round, which sends: %s"
              .formatted(seed, readable(input)),
          e);
    }
  }

  /** However the bytes were cut, and whoever ran the handlers, the answers are the same. */
  private static void checkSameAsWhole(MemoryPeer peer, byte[] input, Handler application) {
    try (var whole = new MemoryPeer(Style.CARRIED, application, LIMITS)) {
      whole.send(input);
      assertThat(peer.statuses()).isEqualTo(whole.statuses());
      assertThat(peer.transport.ended()).isEqualTo(whole.transport.ended());
    }
  }

  /** Returns whether nothing came between the pieces. */
  private static boolean sendInPieces(Random random, MemoryPeer peer, byte[] input) {
    int pieces = 1 + random.nextInt(MAX_PIECES);
    int[] cuts = random.ints(pieces - 1, 0, input.length + 1).sorted().toArray();
    boolean undisturbed = true;
    int from = 0;
    for (int i = 0; i < pieces; i++) {
      int to = i < cuts.length ? cuts[i] : input.length;
      peer.transport.arrive(input, from, to);
      from = to;
      if (random.nextInt(10) == 0) {
        undisturbed = false;
        disturb(random, peer.transport);
      }
    }
    return undisturbed;
  }

  private static void disturb(Random random, MemoryTransport transport) {
    switch (random.nextInt(4)) {
      case 0 -> transport.pass(TimeUnit.SECONDS.toNanos(random.nextInt(40)));
      case 1 -> transport.reading(false);
      case 2 -> transport.reading(true);
      default -> transport.drain();
    }
  }

  /** However the client goes, the connection is closed in the end. */
  private static void end(Random random, MemoryPeer peer) {
    if (random.nextInt(8) == 0) {
      peer.transport.event(peer.transport::abort);
    } else {
      peer.transport.reading(true);
      if (random.nextBoolean()) {
        peer.endInput();
      }
    }
    for (int i = 0; i < 4 && !peer.transport.isClosed(); i++) {
      peer.transport.pass(LONG_AFTER);
    }
    assertThat(peer.transport.isClosed()).as("closed").isTrue();
  }

  private static void checkReplies(List<Reply> replies) {
    boolean closing = false;
    for (Reply reply : replies) {
      assertThat(closing).as("a response behind the one that said close: %s", replies).isFalse();
      if (reply.status() >= 200) {
        closing = reply.field("Connection").equals("close");
        assertThat(reply.all("Date")).hasSize(1);
        assertThat(reply.status()).as("%s", reply).isNotEqualTo(500);
      }
    }
  }

  private static byte[] mutated(Random random, List<byte[]> corpus) {
    byte[] bytes = pick(random, corpus);
    for (int i = random.nextInt(MAX_MUTATIONS + 1); i > 0; i--) {
      bytes = mutate(random, bytes, corpus);
    }
    return bytes;
  }

  private static byte[] mutate(Random random, byte[] bytes, List<byte[]> corpus) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(1 + random.nextInt(40)));
    String head = Bytes.latin1(bytes, 0, at);
    String middle = Bytes.latin1(bytes, at, to);
    String tail = Bytes.latin1(bytes, to, bytes.length);
    String result =
        switch (random.nextInt(7)) {
          case 0 -> head + flipped(random, middle) + tail;
          case 1 -> head + tail;
          case 2 -> head + MORSELS.get(random.nextInt(MORSELS.size())) + middle + tail;
          case 3 -> head + middle + middle + tail;
          case 4 -> head + (char) random.nextInt(256) + tail;
          case 5 -> head + spliced(random, pick(random, corpus));
          default -> head + middle + tail + spliced(random, pick(random, corpus));
        };
    return Bytes.latin1(result);
  }

  private static String flipped(Random random, String text) {
    if (text.isEmpty()) {
      return text;
    }
    int at = random.nextInt(text.length());
    char flipped = (char) (text.charAt(at) ^ 1 << random.nextInt(8));
    return text.substring(0, at) + flipped + text.substring(at + 1);
  }

  private static String spliced(Random random, byte[] other) {
    return Bytes.latin1(other, random.nextInt(other.length), other.length);
  }

  private static byte[] pick(Random random, List<byte[]> corpus) {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private static String readable(byte[] bytes) {
    return Bytes.latin1(bytes, 0, bytes.length)
        .replace("\\", "\\\\")
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\0", "\\x00");
  }
}
