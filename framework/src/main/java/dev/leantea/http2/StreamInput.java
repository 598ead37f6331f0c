package dev.leantea.http2;

import dev.leantea.exchange.Exchange;
import dev.leantea.exchange.IncomingBody;
import dev.leantea.exchange.Pipe;
import dev.leantea.exchange.UpgradedInput;
import dev.leantea.http.Method;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a stream: its window, its content-length, and who gets the bytes.
 *
 * <pre>
 *  DATA ─▶ within the window? within content-length? ─┬─ IncomingBody of the exchange
 *                                                     ├─ UpgradedInput of another protocol
 *  WINDOW_UPDATE ◀─ what the reader has taken ◀───────┘  (kept until the exchange has upgraded)
 * </pre>
 *
 * <p>The window is what the reader's pipe has room for, so that a client that keeps to it is never
 * refused, and a slow reader holds at most {@link Pipe#CAPACITY} bytes. One owner thread.
 */
final class StreamInput {
  /** The window with which each stream begins, in bytes: our SETTINGS_INITIAL_WINDOW_SIZE. */
  static final int INITIAL_WINDOW_BYTES = Pipe.CAPACITY;

  /** The window is extended in steps of this size: a frame each would cost both sides more. */
  private static final int MIN_STEP_BYTES = INITIAL_WINDOW_BYTES / 2;

  private final int streamId;

  /** What the client may still send before the window is extended. */
  private int window = INITIAL_WINDOW_BYTES;

  /** What content-length leaves; {@link RequestFields#NO_LENGTH} if there is none. */
  private long remaining;

  private @Nullable IncomingBody body;
  private @Nullable UpgradedInput upgraded;
  private @Nullable ByteArrayOutputStream early;

  /**
   * @param contentLength in bytes, or {@link RequestFields#NO_LENGTH}
   */
  StreamInput(int streamId, long contentLength) {
    this.streamId = streamId;
    this.remaining = contentLength;
  }

  /** The exchange that gets the bytes. */
  void target(@Nullable IncomingBody target) {
    body = target;
  }

  /** Whether the bytes go to another protocol than HTTP. */
  boolean isUpgraded() {
    return upgraded != null;
  }

  /** The input of the other protocol; null before the upgrade. */
  @Nullable UpgradedInput upgraded() {
    return upgraded;
  }

  /**
   * The content of a DATA frame.
   *
   * @param length of the frame's payload, with its padding
   * @param last whether END_STREAM is set
   * @throws Http2Exception of the stream, for a client that exceeds its window or its own
   *     content-length
   */
  void data(byte[] bytes, int from, int to, int length, boolean last) throws Http2Exception {
    window -= length;
    if (window < 0) {
      throw new Http2Exception.OfStream(
          streamId, ErrorCode.FLOW_CONTROL_ERROR, "DATA: expected no more than the window allows");
    }
    if (remaining != RequestFields.NO_LENGTH) {
      int count = to - from;
      if (count > remaining || (last && count < remaining)) {
        throw lengthDiffers();
      }
      remaining -= count;
    }
    offer(bytes, from, to);
  }

  /**
   * The request ended with trailers.
   *
   * @throws Http2Exception of the stream when content-length promised more
   */
  void end() throws Http2Exception {
    if (remaining > 0) {
      throw lengthDiffers();
    }
  }

  private Http2Exception lengthDiffers() {
    return new Http2Exception.OfStream( // RFC 9113 §8.1.1
        streamId, ErrorCode.PROTOCOL_ERROR, "content-length differs from the length of the DATA");
  }

  private void offer(byte[] bytes, int from, int to) {
    UpgradedInput other = upgraded;
    IncomingBody request = body;
    if (from == to) {
      return;
    }
    if (other != null) {
      var _ = other.offer(bytes, from, to);
    } else if (request != null) {
      var _ = request.offer(bytes, from, to, to - from); // has room for the whole window
    } else {
      keep(bytes, from, to);
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    ByteArrayOutputStream kept = early;
    if (kept == null) {
      kept = new ByteArrayOutputStream(to - from);
      early = kept;
    }
    kept.write(bytes, from, to - from);
  }

  /** From now on the bytes go to another protocol, those that came before it first. */
  void upgrade(UpgradedInput target) {
    upgraded = target;
    ByteArrayOutputStream kept = early;
    if (kept != null) {
      early = null;
      byte[] bytes = kept.toByteArray();
      var _ = target.offer(bytes, 0, bytes.length);
    }
  }

  /**
   * By how many bytes the client's window is to be extended now; 0 if it is not worth a frame. When
   * the reader is behind, {@code demand} follows as soon as it is.
   */
  int extension() {
    int free = Math.min(room(), INITIAL_WINDOW_BYTES) - window;
    if (free < MIN_STEP_BYTES) {
      return 0;
    }
    window += free;
    return free;
  }

  private int room() {
    if (upgraded != null) {
      return upgraded.roomOrDemand();
    }
    return body == null ? 0 : body.roomOrDemand();
  }

  /** Whether the client may send: else it is not to blame if nothing comes. */
  boolean isOpen() {
    return window > 0;
  }

  /** The length of the request's body for an {@link Exchange}. */
  static long bodyLength(RequestFields fields, boolean endStream) {
    if (endStream || fields.method.equals(Method.CONNECT.name())) {
      return Exchange.NO_BODY; // RFC 9110 §9.3.6: what follows CONNECT is not for HTTP
    }
    return fields.contentLength == RequestFields.NO_LENGTH
        ? Exchange.UNKNOWN_LENGTH
        : fields.contentLength;
  }
}
