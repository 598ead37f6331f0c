package dev.leantea.conformance;

import static dev.leantea.conformance.Http2FrameClient.CANCEL;
import static dev.leantea.conformance.Http2FrameClient.CONTINUATION;
import static dev.leantea.conformance.Http2FrameClient.DATA;
import static dev.leantea.conformance.Http2FrameClient.END_HEADERS;
import static dev.leantea.conformance.Http2FrameClient.END_STREAM;
import static dev.leantea.conformance.Http2FrameClient.ENHANCE_YOUR_CALM;
import static dev.leantea.conformance.Http2FrameClient.HEADERS;
import static dev.leantea.conformance.Http2FrameClient.INITIAL_WINDOW_SIZE;
import static dev.leantea.conformance.Http2FrameClient.PING;
import static dev.leantea.conformance.Http2FrameClient.PRIORITY;
import static dev.leantea.conformance.Http2FrameClient.PRIORITY_UPDATE;
import static dev.leantea.conformance.Http2FrameClient.RST_STREAM;
import static dev.leantea.conformance.Http2FrameClient.SETTINGS;
import static dev.leantea.conformance.Http2FrameClient.WINDOW_UPDATE;
import static dev.leantea.conformance.Http2FrameClient.frame;
import static dev.leantea.conformance.Http2FrameClient.int32;
import static dev.leantea.conformance.Http2FrameClient.joined;
import static dev.leantea.conformance.Http2FrameClient.literal;
import static dev.leantea.conformance.Http2FrameClient.request;
import static dev.leantea.conformance.Http2FrameClient.requestFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.conformance.Http2FrameClient.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/**
 * Floods of HTTP/2 frames: each ends with GOAWAY ENHANCE_YOUR_CALM within bounded traffic, while
 * another client is served (RFC 9113 §10.5).
 */
public abstract class Http2AbuseContract extends ServerContract {
  /** Frames of a flood at most; a server that has not ended it then does not. */
  private static final int MAX_FRAMES = 20_000;

  /** The reaction to a large field block may need all of this, and no more. */
  private static final int MAX_BLOCK_BYTES = 4 * 1024 * 1024;

  /** More than the server discards after its GOAWAY, and than all buffers on the way hold. */
  private static final int MAX_BYTES_AFTER_END = 64 * 1024 * 1024;

  private static final int FIRST_STREAM = 1;
  private static final int MAX_STREAMS = 100;
  private static final int PROTOCOL_ERROR = 1;

  /** Follows a flood: a server that answers it has not stopped the flood. */
  private static final byte[] MARKER = "the end!".getBytes(StandardCharsets.ISO_8859_1);

  /** What a flood repeats; stream identifiers follow from the number. */
  private interface Unit {
    byte[] bytes(int number);
  }

  private static int stream(int number) {
    return 2 * number + FIRST_STREAM;
  }

  // ---- floods

  /** CVE-2023-44487: requests that are cancelled at once. */
  @Test
  void rapidReset() throws Exception {
    byte[] cancel = int32(CANCEL);
    assertStopped(
        i ->
            joined(
                request(stream(i), "GET", "/health/blocking", END_STREAM),
                frame(RST_STREAM, 0, stream(i), cancel)));
  }

  /** CVE-2025-8671: the client provokes the server to reset the streams. */
  @Test
  void provokedResets() throws Exception {
    byte[] nothing = int32(0);
    assertStopped(
        i ->
            joined(
                request(stream(i), "POST", "/echo", 0),
                frame(WINDOW_UPDATE, 0, stream(i), nothing)));
  }

  /** CVE-2025-8671: as above, by requests that are malformed. */
  @Test
  void malformedRequests() throws Exception {
    byte[] fields = joined(requestFields("GET", "/health"), literal("Upper", "case"));
    assertStopped(i -> frame(HEADERS, END_HEADERS | END_STREAM, stream(i), fields));
  }

  /** Requests beyond the number of streams that may be open. */
  @Test
  void refusedStreams() throws Exception {
    assertStopped(i -> request(stream(i), "POST", "/echo", 0));
  }

  /** CVE-2019-9515. */
  @Test
  void settings() throws Exception {
    byte[] settings = frame(SETTINGS, 0, 0);
    assertStopped(_ -> settings);
  }

  /** CVE-2019-9512. */
  @Test
  void pings() throws Exception {
    byte[] ping = frame(PING, 0, 0, new byte[8]);
    assertStopped(_ -> ping);
  }

  /** CVE-2019-9513. */
  @Test
  void priorities() throws Exception {
    assertStopped(i -> frame(PRIORITY, 0, stream(i), joined(int32(0), new byte[] {15})));
  }

  @Test
  void priorityUpdates() throws Exception {
    assertStopped(
        i ->
            frame(PRIORITY_UPDATE, 0, 0, joined(int32(stream(i % 2)), new byte[] {'u', '=', '1'})));
  }

  /** RFC 9218 §7.1: as many as may be open, and no more. */
  @Test
  void prioritiesOfTooManyStreams_areAnError() throws Exception {
    try (var client = new Http2FrameClient(port()).begin()) {
      for (int i = 0; i <= MAX_STREAMS; i++) {
        client.send(frame(PRIORITY_UPDATE, 0, 0, joined(int32(stream(i)), new byte[] {'i'})));
      }
      assertThat(awaitGoAway(client).errorCode()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @Test
  void windowUpdates() throws Exception {
    byte[] update = frame(WINDOW_UPDATE, 0, 0, int32(1));
    assertStopped(_ -> update);
  }

  /** CVE-2019-9518. */
  @Test
  void emptyData() throws Exception {
    byte[] data = frame(DATA, 0, FIRST_STREAM);
    assertStopped(i -> i == 0 ? request(FIRST_STREAM, "POST", "/echo/stream", 0) : data);
  }

  @Test
  void unknownFrames() throws Exception {
    byte[] unknown = frame(0xFA, 0, 0, new byte[16]);
    assertStopped(_ -> unknown);
  }

  // ---- field blocks

  /** CVE-2024-27316 and its like: a field block that never ends. */
  @Test
  void continuations() throws Exception {
    byte[] start = frame(HEADERS, END_STREAM, FIRST_STREAM, requestFields("GET", "/health"));
    byte[] more = frame(CONTINUATION, 0, FIRST_STREAM, literal("x", "v".repeat(1000)));
    assertStopped(i -> i == 0 ? start : more, MAX_BLOCK_BYTES / more.length);
  }

  @Test
  void emptyContinuations() throws Exception {
    byte[] start = frame(HEADERS, END_STREAM, FIRST_STREAM, requestFields("GET", "/health"));
    byte[] more = frame(CONTINUATION, 0, FIRST_STREAM);
    assertStopped(i -> i == 0 ? start : more);
  }

  /** A large entry of the dynamic table, and many references to it of one byte. */
  @Test
  void hpackBomb_is431_andTheConnectionGoesOn() throws Exception {
    byte[] large = literal("x-bomb", "v".repeat(4000));
    large[0] = 0x40; // is added to the table: RFC 7541 §6.2.1
    byte[] references = new byte[12_000];
    Arrays.fill(references, (byte) 0xBE); // the newest entry
    try (var client = new Http2FrameClient(port()).begin()) {
      byte[] block = joined(requestFields("GET", "/health"), large);
      client.send(frame(HEADERS, END_STREAM, FIRST_STREAM, block));
      client.send(frame(CONTINUATION, END_HEADERS, FIRST_STREAM, references));
      assertThat(client.status(FIRST_STREAM)).isEqualTo(431);
      assertThat(client.get(3, "/health").status(3)).isEqualTo(200);
    }
  }

  /** The table has what the refused list added. */
  @Test
  void fieldsBeyondTheLimit_are431_andTheTableStaysInStep() throws Exception {
    byte[] added = literal(":path", "/health");
    added[0] = 0x40;
    byte[] large = literal("x-large", "v".repeat(15_000));
    byte[] fields = joined(literal(":method", "GET"), literal(":scheme", "http"));
    byte[] authority = literal(":authority", "localhost");
    try (var client = new Http2FrameClient(port()).begin()) {
      client.send(frame(HEADERS, END_STREAM, 1, joined(fields, added, authority, large)));
      client.send(frame(CONTINUATION, 0, 1, large));
      client.send(frame(CONTINUATION, 0, 1, large));
      client.send(frame(CONTINUATION, END_HEADERS, 1, large));
      assertThat(client.status(1)).isEqualTo(431);
      byte[] newest = {(byte) 0xBE};
      client.send(frame(HEADERS, END_STREAM | END_HEADERS, 3, joined(fields, newest, authority)));
      assertThat(client.status(3)).isEqualTo(200);
    }
  }

  // ---- what is allowed, and what is logged

  /** What a client may do in its normal course is no flood. */
  @Test
  void manyRequestsWithPingsAndUpdates_areServed() throws Exception {
    try (var client = new Http2FrameClient(port()).begin(INITIAL_WINDOW_SIZE, 1_000_000)) {
      for (int i = 0; i < 2_000; i++) {
        client.get(stream(i), "/health");
        client.send(frame(WINDOW_UPDATE, 0, 0, int32(2)));
        if (i % 20 == 0) {
          client.send(frame(PING, 0, 0, new byte[8]));
        }
        assertThat(client.status(stream(i))).isEqualTo(200);
      }
    }
  }

  @Test
  void flood_isLoggedOnce_withItsReason() throws Exception {
    try (var log = new RecordedLog(Level.INFO);
        var client = new Http2FrameClient(port()).begin()) {
      String address = client.socket().getLocalSocketAddress().toString();
      byte[] ping = frame(PING, 0, 0, new byte[8]);
      Thread writer = startFlood(client, _ -> ping, MAX_FRAMES);
      assertThat(awaitGoAway(client).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
      client.socket().close(); // ends the flood
      writer.join();
      assertThat(log.messages(address)).hasSize(1);
      assertThat(log.messages(address).getFirst()).contains("too many PING frames");
    }
  }

  /** A client that goes on is cut off: its bytes are not read for as long as it likes. */
  @Test
  void floodThatGoesOn_isCutOff() throws Exception {
    byte[] pings = new byte[MAX_BYTES_AFTER_END / 1024];
    byte[] ping = frame(PING, 0, 0, new byte[8]);
    for (int at = 0; at + ping.length <= pings.length; at += ping.length) {
      System.arraycopy(ping, 0, pings, at, ping.length);
    }
    try (var client = new Http2FrameClient(port()).begin()) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1024; i++) {
                  client.send(pings);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  // ---- floods in general

  private void assertStopped(Unit unit) throws Exception {
    assertStopped(unit, MAX_FRAMES);
  }

  private void assertStopped(Unit unit, int frames) throws Exception {
    try (var neighbour = new Http2FrameClient(port()).begin();
        var client = new Http2FrameClient(port()).begin()) {
      assertThat(neighbour.get(1, "/health").status(1)).isEqualTo(200);
      Thread writer = startFlood(client, unit, frames);
      assertThat(neighbour.get(3, "/health").status(3)).isEqualTo(200);
      assertThat(awaitGoAway(client).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
      assertThat(neighbour.get(5, "/health").status(5)).isEqualTo(200);
      client.socket().close(); // ends the flood
      writer.join();
    }
  }

  private static Thread startFlood(Http2FrameClient client, Unit unit, int frames) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (int i = 0; i < frames; i++) {
                  client.send(unit.bytes(i));
                }
                client.send(frame(PING, 0, 0, MARKER));
              } catch (IOException e) {
                // the server has ended the connection, as it should
              }
            });
  }

  private static Frame awaitGoAway(Http2FrameClient client) throws IOException {
    while (true) {
      Optional<Frame> frame = client.read();
      if (frame.isEmpty()) {
        throw new AssertionError("expected GOAWAY, got the end of the connection");
      }
      if (frame.get().type() == Http2FrameClient.GOAWAY) {
        return frame.get();
      }
      if (frame.get().isOf(PING, 0) && Arrays.equals(frame.get().payload(), MARKER)) {
        throw new AssertionError("expected GOAWAY before the end of the flood");
      }
    }
  }
}
