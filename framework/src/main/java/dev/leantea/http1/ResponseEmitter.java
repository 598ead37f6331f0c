package dev.leantea.http1;

import dev.leantea.http.Body;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http.Response;
import dev.leantea.http.Status;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Wire;
import java.util.OptionalLong;

/**
 * Writes responses to a wire: heads, bodies in memory, streamed bodies with their framing.
 *
 * <pre>
 *  IDLE ─┬─ send: a response as a whole ──────────────────────────────────────▶ IDLE
 *        └─ begin ─▶ STREAMING(FIXED | CHUNKED | UNTIL_CLOSE) ─ data, file* ─ end ─▶ IDLE
 * </pre>
 *
 * <p>One owner thread.
 */
final class ResponseEmitter {
  /** Maximum size of a body that is copied after its head and sent together with it. */
  private static final int MAX_JOINED_BYTES = 16 * 1024;

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = Bytes.latin1("0\r\n\r\n");

  private final HeadWriter head;
  private final Wire wire;

  /** The framing of the current streamed body; {@link BodyFraming#NONE} if there is none. */
  private BodyFraming streaming = BodyFraming.NONE;

  ResponseEmitter(HeadWriter head, Wire wire) {
    this.head = head;
    this.wire = wire;
  }

  /**
   * Sends a response whose body is in memory, or omitted: the head then still describes it.
   *
   * @param withBody whether this response may have one
   */
  void send(Response response, HttpVersion version, boolean keep, boolean withBody) {
    requireIdle();
    switch (response.body()) {
      case Body.Bytes(byte[] content) -> send(response, keep, content, withBody);
      case Body.File file -> head(response, OptionalLong.of(file.length()), version, keep);
      case Body.Stream stream -> head(response, stream.length(), version, keep);
      case Body.Upgrade _ ->
          throw new IllegalStateException("response: expected a body that ends, got an upgrade");
    }
  }

  private void send(Response response, boolean keep, byte[] content, boolean withBody) {
    boolean joined = withBody && content.length <= MAX_JOINED_BYTES;
    int room = joined ? content.length : 0;
    head.write(wire, response, BodyFraming.FIXED, content.length, keep, room);
    if (joined) {
      wire.send(content, 0, content.length);
    } else if (withBody) {
      wire.sendWhole(content);
    }
  }

  private BodyFraming head(
      Response response, OptionalLong length, HttpVersion version, boolean keep) {
    BodyFraming framing = framing(length, version);
    head.write(wire, response, framing, length.orElse(0), keep, 0);
    return framing;
  }

  private static BodyFraming framing(OptionalLong length, HttpVersion version) {
    if (length.isPresent()) {
      return BodyFraming.FIXED;
    }
    return version == HttpVersion.HTTP_1_0 ? BodyFraming.UNTIL_CLOSE : BodyFraming.CHUNKED;
  }

  /** Sends the response to a request, without a body if it may have none (RFC 9110 §6.4.1). */
  void send(Response response, RequestHead head, boolean keep) {
    boolean withBody = !head.method.equals(Method.HEAD) && !Status.isBodiless(response.status());
    send(response, head.version, keep, withBody);
  }

  /** Whether the connection can persist after a streamed body of this length. */
  static boolean isDelimited(OptionalLong length, HttpVersion version) {
    return framing(length, version) != BodyFraming.UNTIL_CLOSE;
  }

  /** Sends the head of a 101. */
  void upgrade(Response response) {
    requireIdle();
    head.write(wire, response, BodyFraming.NONE, 0, true, 0);
  }

  /** Sends the head of a streamed response. */
  void begin(Response response, OptionalLong length, HttpVersion version, boolean keep) {
    requireIdle();
    streaming = head(response, length, version, keep);
  }

  /** Sends bytes of the streamed body, as a chunk if it is chunked, or of the upgraded protocol. */
  void data(byte[] bytes) {
    beginChunk(bytes.length);
    wire.sendWhole(bytes);
    endChunk();
  }

  /** Sends a part of a file within the streamed body. */
  void file(FileSlice slice) {
    beginChunk(slice.count());
    wire.sendFile(slice);
    endChunk();
  }

  /** RFC 9112 §7.1: the size in hexadecimal, CRLF. */
  private void beginChunk(int size) {
    if (streaming == BodyFraming.CHUNKED) {
      byte[] line = Bytes.latin1(Integer.toHexString(size) + "\r\n");
      wire.send(line, 0, line.length);
    }
  }

  private void endChunk() {
    if (streaming == BodyFraming.CHUNKED) {
      wire.send(CRLF, 0, CRLF.length);
    }
  }

  /** Ends the streamed body. */
  void end() {
    if (streaming == BodyFraming.CHUNKED) {
      wire.send(LAST_CHUNK, 0, LAST_CHUNK.length);
    }
    streaming = BodyFraming.NONE;
  }

  /** Aborts the streamed body: nothing follows, not even its end. */
  void reset() {
    streaming = BodyFraming.NONE;
  }

  private void requireIdle() {
    if (streaming != BodyFraming.NONE) {
      throw new IllegalStateException(
          "response: expected no streamed body in progress, found one that is " + streaming);
    }
  }
}
