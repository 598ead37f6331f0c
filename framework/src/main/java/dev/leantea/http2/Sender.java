package dev.leantea.http2;

import dev.leantea.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which stream sends next: the connection's window, and the streams that wait to send (RFC
 * 9113 §6.9, RFC 9218 §10).
 *
 * <pre>
 *  urgency 0 │ stream, stream …     the most urgent first
 *        …   │
 *  urgency 7 │ stream …             within one: in turn if incremental, else one after another
 * </pre>
 *
 * <p>DATA goes to the wire only as fast as the socket takes it, so that an urgent response does not
 * queue behind others, and control frames never do for long. One owner thread.
 */
final class Sender {
  /** Maximum unsent bytes on the wire, beyond which no further DATA frame is written. */
  private static final int MAX_ON_WIRE_BYTES = 64 * 1024;

  /** Maximum content of a DATA frame: what every peer accepts. */
  static final int MAX_FRAME_BYTES = FrameReader.MAX_PAYLOAD_BYTES;

  /**
   * Streams that may wait at the same time with as much content each as a connection of its own.
   */
  private static final int MAX_FULL = 4;

  /** By how much less each holds where more of them wait. */
  private static final int CROWDED = 4;

  private final Wire wire;
  private final List<ArrayDeque<Http2Stream>> queues = new ArrayList<>(Priority.MAX_URGENCY + 1);
  private int waiting;

  /** The stream that has sent last. */
  private @Nullable Http2Stream current;

  /** What the client's connection window leaves. */
  private int window = PeerSettings.DEFAULT_WINDOW_BYTES;

  Sender(Wire wire) {
    this.wire = wire;
  }

  /**
   * Extends the connection's window.
   *
   * @throws Http2Exception of the connection beyond 2^31-1 (§6.9.1)
   */
  void extend(int bytes) throws Http2Exception {
    if (window + (long) bytes > Integer.MAX_VALUE) {
      throw new Http2Exception.OfConnection(
          ErrorCode.FLOW_CONTROL_ERROR, "WINDOW_UPDATE: expected a window of at most 2^31-1");
    }
    window += bytes;
  }

  /** Takes bytes of both windows if they may be sent now, before all that waits. */
  boolean take(Http2Stream stream, int bytes) {
    boolean allowed =
        bytes <= MAX_FRAME_BYTES
            && bytes <= window
            && bytes <= stream.output().window()
            && waiting == 0
            && wire.unsent() <= MAX_ON_WIRE_BYTES;
    if (allowed) {
      window -= bytes;
      stream.output().spend(bytes);
    }
    return allowed;
  }

  /** The stream has something to send and, as far as it knows, may. */
  void add(Http2Stream stream) {
    if (!stream.queued) {
      stream.queued = true;
      queue(stream.priority().urgency()).addLast(stream);
      waiting++;
    }
  }

  private ArrayDeque<Http2Stream> queue(int urgency) {
    while (queues.size() <= Priority.MAX_URGENCY) {
      queues.add(new ArrayDeque<>(2));
    }
    return queues.get(urgency);
  }

  /** The stream has ended, or its priority is about to change. */
  void remove(Http2Stream stream) {
    if (stream.queued && queue(stream.priority().urgency()).remove(stream)) {
      stream.queued = false;
      waiting--;
    }
  }

  /** Writes DATA frames as long as windows, socket and streams allow. */
  void pump() {
    while (waiting > 0 && window > 0 && wire.unsent() <= MAX_ON_WIRE_BYTES) {
      Http2Stream stream = next();
      if (stream == null) {
        return;
      }
      current = stream;
      int sent = stream.output().sendSome(Math.min(window, MAX_FRAME_BYTES));
      window -= sent;
    }
    if (waiting == 0) {
      current = null;
    }
  }

  /**
   * How much a byte counts that waits to be sent, for the limit up to which a stream's writer may
   * go on: content that waits behind that of many other streams is better not written yet, as it
   * would be copied again and again by garbage collections.
   */
  int weight(Http2Stream stream) {
    boolean next = stream.equals(current) && !stream.priority().incremental();
    return waiting > MAX_FULL && !next ? CROWDED : 1;
  }

  /** Takes the next stream out of its queue; it is put back if it can send more. */
  private @Nullable Http2Stream next() {
    for (ArrayDeque<Http2Stream> queue : queues) {
      Http2Stream stream = queue.pollFirst();
      if (stream != null) {
        stream.queued = false;
        waiting--;
        return stream;
      }
    }
    return null;
  }

  /** A stream that has sent a frame and has more: behind the others, or before them. */
  void addAgain(Http2Stream stream) {
    if (stream.priority().incremental()) {
      add(stream);
    } else if (!stream.queued) {
      stream.queued = true;
      queue(stream.priority().urgency()).addFirst(stream);
      waiting++;
    }
  }
}
