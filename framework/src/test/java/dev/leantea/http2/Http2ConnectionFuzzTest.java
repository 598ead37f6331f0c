package dev.leantea.http2;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.Http2Case;
import dev.leantea.conformance.Http2Cases;
import dev.leantea.conformance.Http2Replies;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.http1.MemoryTransport;
import dev.leantea.http1.MemoryTransport.Style;
import dev.leantea.routing.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Whatever frames a client sends, in whatever pieces, the connection throws nothing, sends nothing
 * but whole frames that keep to the protocol, and ends.
 *
 * <p>The input is the frames of the cases in any order, mutated. {@code -Dleantea.fuzz.seconds=N}
 * runs longer than the few seconds of a build; {@code -Dleantea.seed=N} begins with the round that
 * failed.
 */
class Http2ConnectionFuzzTest {
  private static final int SECONDS = Integer.getInteger("leantea.fuzz.seconds", 4);
  private static final long SEED = Long.getLong("leantea.seed", System.nanoTime());
  private static final int MAX_FRAMES = 30;
  private static final int MAX_PIECES = 6;
  private static final int HEADER_BYTES = 9;

  /** The preface's magic, and the header of its SETTINGS. */
  private static final int MAGIC_BYTES = 24;

  /** Longer ones would be most of the run, and say little more. */
  private static final int MAX_FRAME_BYTES = 2000;

  private static final long LONG_AFTER = TimeUnit.MINUTES.toNanos(2);

  private static final Limits LIMITS =
      Limits.DEFAULTS
          .withRequestLine(200)
          .withFieldSection(400)
          .withFieldCount(12)
          .withBodyInMemory(300);

  private static final byte[] BYTES = new byte[40_000];

  private static Handler application() {
    return Router.builder()
        .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
        .get("/json", _ -> Response.text(200, "{}"))
        .get("/bytes/{count}", _ -> Response.bytes(200, MediaType.TEXT, BYTES))
        .get("/stream/{count}", _ -> Response.stream(200, MediaType.TEXT, out -> out.write(BYTES)))
        .get("/empty", _ -> Response.empty(204))
        .post("/echo", request -> Response.bytes(200, MediaType.TEXT, request.bytes()))
        .post("/echo/nonblocking", nonBlocking(Http2ConnectionFuzzTest::echo))
        .post("/ignore", _ -> Response.text(200, "not read"))
        .build();
  }

  private static Response echo(Request request) throws IOException {
    return Response.bytes(200, MediaType.TEXT, request.bytes());
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD)
  void mutatedFrames_anyCutsAndPauses_wholeFramesAndAnEnd() {
    List<byte[]> corpus =
        Http2Cases.all().stream().map(Http2Case::bytes).flatMap(it -> frames(it).stream()).toList();
    Handler application = application();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    int rounds = 0;
    do {
      round(SEED + rounds++, corpus, application);
    } while (System.nanoTime() < end);
    assertThat(rounds).isPositive();
  }

  /** The frames of a case that are whole, and the settings of its preface, each once. */
  private static List<byte[]> frames(byte[] bytes) {
    var frames = new ArrayList<byte[]>();
    int at = bytes.length > MAGIC_BYTES && bytes[0] == 'P' ? MAGIC_BYTES : 0;
    while (bytes.length - at >= HEADER_BYTES && frames.size() < MAX_FRAMES) {
      int length = (FrameReader.u32(bytes, at) >>> 8) + HEADER_BYTES;
      if (length > bytes.length - at) {
        break;
      }
      if (length <= MAX_FRAME_BYTES) {
        frames.add(Arrays.copyOfRange(bytes, at, at + length));
      }
      at += length;
    }
    return frames;
  }

  private static void round(long seed, List<byte[]> corpus, Handler application) {
    var random = new Random(seed);
    byte[] input = input(random, corpus);
    Style style = random.nextBoolean() ? Style.CARRIED : Style.QUEUED;
    try (var peer = new Http2Peer(style, application, LIMITS)) {
      sendInPieces(random, peer.transport, input);
      check(peer.replies());
      end(random, peer);
      check(peer.replies());
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "-Dleantea.seed=%d begins with this round, which sends: %s"
              .formatted(seed, HexFormat.of().formatHex(input)),
          e);
    }
  }

  private static byte[] input(Random random, List<byte[]> corpus) {
    var input = new ByteArrayOutputStream();
    input.writeBytes(Http2Input.PREFACE);
    input.writeBytes(new byte[] {0, 0, 0, FrameType.SETTINGS, 0, 0, 0, 0, 0});
    for (int i = 1 + random.nextInt(MAX_FRAMES); i > 0; i--) {
      byte[] frame = corpus.get(random.nextInt(corpus.size())).clone();
      input.writeBytes(random.nextInt(3) == 0 ? mutated(random, frame) : frame);
    }
    byte[] bytes = input.toByteArray();
    if (random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] mutated(Random random, byte[] frame) {
    switch (random.nextInt(6)) {
      case 0 -> frame[3] = (byte) random.nextInt(12);
      case 1 -> frame[4] ^= (byte) (1 << random.nextInt(8));
      case 2 -> frame[8] = (byte) random.nextInt(12);
      case 3 -> {
        byte[] longer = Arrays.copyOf(frame, frame.length + 1 + random.nextInt(20));
        return withLength(longer);
      }
      case 4 -> {
        int payload = random.nextInt(frame.length - HEADER_BYTES + 1);
        return withLength(Arrays.copyOf(frame, HEADER_BYTES + payload));
      }
      default -> {
        if (frame.length > HEADER_BYTES) {
          int at = HEADER_BYTES + random.nextInt(frame.length - HEADER_BYTES);
          frame[at] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return frame;
  }

  private static byte[] withLength(byte[] frame) {
    int length = frame.length - HEADER_BYTES;
    frame[1] = (byte) (length >>> 8);
    frame[2] = (byte) length;
    return frame;
  }

  private static void sendInPieces(Random random, MemoryTransport transport, byte[] input) {
    int pieces = 1 + random.nextInt(MAX_PIECES);
    int[] cuts = random.ints(pieces - 1, 0, input.length + 1).sorted().toArray();
    int from = 0;
    for (int i = 0; i < pieces; i++) {
      int to = i < cuts.length ? cuts[i] : input.length;
      transport.arrive(input, from, to);
      from = to;
      if (random.nextInt(10) == 0) {
        disturb(random, transport);
      }
    }
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
  private static void end(Random random, Http2Peer peer) {
    if (random.nextInt(8) == 0) {
      peer.transport.event(peer.transport::abort);
    } else {
      peer.transport.reading(true);
      if (random.nextBoolean()) {
        peer.transport.endInput();
      }
    }
    for (int i = 0; i < 6 && !peer.transport.isClosed(); i++) {
      peer.transport.pass(LONG_AFTER);
    }
    assertThat(peer.transport.isClosed()).as("closed").isTrue();
  }

  private static void check(Http2Replies replies) {
    assertThat(replies.all().toString()).doesNotContain("500 =").doesNotContain("INTERNAL_ERROR");
    long errors = replies.goAways().stream().filter(code -> !code.equals("NO_ERROR")).count();
    assertThat(errors).as("GOAWAY with an error: %s", replies).isLessThanOrEqualTo(1);
  }
}
