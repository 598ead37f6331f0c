package dev.leantea.http2;

import dev.leantea.http.Headers;
import dev.leantea.http.Response;
import dev.leantea.http.Status;
import dev.leantea.wire.Wire;

/**
 * Writes the heads of responses (RFC 9113 §8.3.2) as HEADERS frames, and CONTINUATION where one is
 * too small, directly into the wire's memory.
 *
 * <pre>
 *  :status
 *  date             unless the handler has set one
 *  content-length   where it is known
 *  content-type …   the handler's lines, in order; those of a connection are left out
 * </pre>
 *
 * <p>One owner thread.
 */
final class ResponseHeads {
  /** Maximum payload that every peer accepts. */
  private static final int MAX_PAYLOAD_BYTES = FrameReader.MAX_PAYLOAD_BYTES;

  /** The length of a body that is not known, or of none at all. */
  static final long NO_LENGTH = -1;

  private static final int CONTINUE = 100;
  private static final int OK = 200;
  private static final int HEADER_BYTES = FrameReader.HEADER_BYTES;

  private final Wire wire;
  private final DateField date;
  private final HpackEncoder encoder = new HpackEncoder();

  ResponseHeads(Wire wire, DateField date) {
    this.wire = wire;
    this.date = date;
  }

  /** Applies the client's SETTINGS_HEADER_TABLE_SIZE. */
  void tableSetting(long bytes) {
    encoder.tableSetting(bytes);
  }

  /**
   * Sends a head.
   *
   * @param length of the body in bytes, or {@link #NO_LENGTH}
   * @param endStream whether no body follows
   */
  void send(int streamId, Response response, long length, boolean endStream) {
    Headers headers = response.headers();
    int bound = HpackEncoder.bound(headers);
    if (bound > MAX_PAYLOAD_BYTES) {
      sendLong(streamId, response, length, endStream);
      return;
    }
    byte[] array = wire.reserve(HEADER_BYTES + bound);
    int start = wire.position();
    int end = encode(array, start + HEADER_BYTES, response, length);
    putHeader(array, start, end, Flags.END_HEADERS | FrameWriter.endFlag(endStream), streamId);
    wire.commit(end);
  }

  /**
   * Sends a head and a body that is small, in one DATA frame after it.
   *
   * @param content of the body, 1 to {@link FrameReader#MAX_PAYLOAD_BYTES} bytes
   */
  void sendWith(int streamId, Response response, byte[] content) {
    int bound = HpackEncoder.bound(response.headers());
    if (bound > MAX_PAYLOAD_BYTES) {
      sendLong(streamId, response, content.length, false);
      bound = 0;
    }
    byte[] array = wire.reserve(bound + content.length + 2 * HEADER_BYTES);
    int at = wire.position();
    if (bound > 0) {
      int end = encode(array, at + HEADER_BYTES, response, content.length);
      putHeader(array, at, end, Flags.END_HEADERS, streamId);
      at = end;
    }
    at =
        FrameWriter.putHeader(
            array, at, content.length, FrameType.DATA, Flags.END_STREAM, streamId);
    System.arraycopy(content, 0, array, at, content.length);
    wire.commit(at + content.length);
  }

  /** Sends 100 Continue. */
  void sendContinue(int streamId) {
    byte[] array = wire.reserve(HEADER_BYTES + HpackEncoder.MAX_OWN_BYTES);
    int start = wire.position();
    encoder.begin(array, start + HEADER_BYTES);
    encoder.status(CONTINUE);
    int end = encoder.end();
    putHeader(array, start, end, Flags.END_HEADERS, streamId);
    wire.commit(end);
  }

  private int encode(byte[] array, int at, Response response, long length) {
    Headers headers = response.headers();
    // RFC 8441 §5: a CONNECT is accepted with 2xx; 101 does not exist in HTTP/2.
    int status = response.status() == 101 ? OK : response.status();
    encoder.begin(array, at);
    encoder.status(status);
    if (!headers.contains("Date")) {
      encoder.field("date", date.value());
    }
    if (length != NO_LENGTH && !Status.isBodiless(response.status())) {
      encoder.contentLength(length); // RFC 9110 §8.6: not in 1xx and 204; optional in 304
    }
    encoder.fields(headers);
    return encoder.end();
  }

  /** A block that may need several frames is encoded apart. */
  private void sendLong(int streamId, Response response, long length, boolean endStream) {
    byte[] block = new byte[HpackEncoder.bound(response.headers())];
    int size = encode(block, 0, response, length);
    int type = FrameType.HEADERS;
    int flags = FrameWriter.endFlag(endStream);
    for (int at = 0; at < size || at == 0; at += MAX_PAYLOAD_BYTES) {
      int count = Math.min(MAX_PAYLOAD_BYTES, size - at);
      flags |= at + count == size ? Flags.END_HEADERS : Flags.NONE;
      byte[] array = wire.reserve(HEADER_BYTES + count);
      int to = FrameWriter.putHeader(array, wire.position(), count, type, flags, streamId);
      System.arraycopy(block, at, array, to, count);
      wire.commit(to + count);
      type = FrameType.CONTINUATION;
      flags = Flags.NONE;
    }
  }

  private static void putHeader(byte[] array, int start, int end, int flags, int streamId) {
    int length = end - start - HEADER_BYTES;
    FrameWriter.putHeader(array, start, length, FrameType.HEADERS, flags, streamId);
  }
}
