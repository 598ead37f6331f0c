package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.ContractApplication;
import dev.leantea.http.Limits;
import dev.leantea.http1.MemoryTransport.Style;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Limits#stallTimeout} of a request's body, in the transport's own time. */
class Http2StallTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int STALL_SECONDS = 30;
  private static final int END_STREAM_AND_HEADERS = Flags.END_STREAM | Flags.END_HEADERS;

  /** POST, https, and the path /echo. */
  private static final byte[] REQUEST = Blocks.hex("83 87 04 05 2f6563686f 01 01 61");

  private static Http2Peer peer(Style style) {
    Limits limits = Limits.DEFAULTS.withStallTimeout(Duration.ofSeconds(STALL_SECONDS));
    var peer = new Http2Peer(style, ContractApplication.routes(), limits);
    peer.send(Http2Input.PREFACE).send(frame(FrameType.SETTINGS, 0, 0));
    return peer.send(frame(FrameType.HEADERS, Flags.END_HEADERS, 1, REQUEST));
  }

  private static byte[] frame(int type, int flags, int stream, byte... payload) {
    return ByteBuffer.allocate(FrameReader.HEADER_BYTES + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private static byte[] padding() {
    byte[] payload = new byte[256];
    payload[0] = (byte) 255;
    return frame(FrameType.DATA, Flags.PADDED, 1, payload);
  }

  private static void assertTimedOut(Http2Peer peer) {
    assertThat(peer.replies().of(1).getFirst()).startsWith("408 = ");
  }

  /** So much padding that the window is extended: not a byte more of content. */
  @ParameterizedTest
  @EnumSource(
      value = Style.class,
      names = {"CARRIED", "QUEUED"})
  void paddingThatExtendsTheWindow_isNoProgress(Style style) {
    Http2Peer peer = peer(style);
    for (int i = 0; i < STALL_SECONDS - 1; i++) {
      for (int k = 0; k < 8; k++) { // below the limit of empty frames
        peer.send(padding());
      }
      peer.transport.pass(SECOND);
    }
    assertThat(peer.replies().of(1)).isEmpty();
    peer.transport.pass(SECOND);
    assertTimedOut(peer);
  }

  /** A frame of content that takes longer than the timeout, byte by byte. */
  @Test
  void contentThatDrips_isProgress() {
    Http2Peer peer = peer(Style.CARRIED);
    byte[] data =
        frame(FrameType.DATA, Flags.END_STREAM, 1, "content".getBytes(StandardCharsets.US_ASCII));
    peer.transport.arrive(data, 0, FrameReader.HEADER_BYTES + 1);
    for (int i = FrameReader.HEADER_BYTES + 1; i < data.length; i++) {
      peer.transport.pass(20 * SECOND);
      peer.transport.arrive(data, i, i + 1);
    }
    assertThat(peer.replies().of(1)).containsExactly("200 = content");
  }

  /** Header fields of another stream are none of this one's content. */
  @Test
  void otherFramesThatDrip_areNoProgress() {
    Http2Peer peer = peer(Style.CARRIED);
    byte[] headers = frame(FrameType.HEADERS, END_STREAM_AND_HEADERS, 3, REQUEST);
    peer.transport.arrive(headers, 0, FrameReader.HEADER_BYTES + 1);
    for (int i = FrameReader.HEADER_BYTES + 1; i < FrameReader.HEADER_BYTES + 3; i++) {
      peer.transport.pass(20 * SECOND);
      peer.transport.arrive(headers, i, i + 1);
    }
    assertTimedOut(peer);
  }

  /** An owner that is woken again and again looks at its deadlines all the same. */
  @Test
  void deadlineOfStreams_doesNotMoveOn_whenAskedAgain() {
    Http2Peer peer = peer(Style.QUEUED);
    long deadline = peer.transport.deadline();
    peer.transport.passUnnoticed(SECOND / 10);
    assertThat(peer.transport.deadline()).isEqualTo(deadline);
    peer.transport.pass(SECOND);
    assertThat(peer.transport.deadline()).isGreaterThan(deadline);
  }

  /** {@link Limits#idleTimeout} runs from the last stream's end, and a PING is a sign of life. */
  @ParameterizedTest
  @EnumSource(
      value = Style.class,
      names = {"CARRIED", "QUEUED"})
  void connection_thatIsUsedNowAndThen_isNotIdle(Style style) {
    long almost = Limits.DEFAULTS.idleTimeout().toNanos() - SECOND;
    var peer = new Http2Peer(style, ContractApplication.routes(), Limits.DEFAULTS);
    peer.send(Http2Input.PREFACE).send(frame(FrameType.SETTINGS, 0, 0));
    for (int stream = 1; stream < 9; stream += 4) {
      peer.transport.pass(almost);
      peer.send(frame(FrameType.HEADERS, END_STREAM_AND_HEADERS, stream, REQUEST));
      peer.transport.pass(almost);
      peer.send(frame(FrameType.PING, 0, 0, new byte[8]));
    }
    assertThat(peer.replies().goAways()).isEmpty();
    peer.transport.pass(almost);
    assertThat(peer.replies().goAways()).isEmpty();
    peer.transport.pass(2 * SECOND);
    assertThat(peer.replies().goAways()).containsExactly("NO_ERROR");
  }
}
