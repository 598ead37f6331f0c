package dev.leantea.http2;

import dev.leantea.wire.FileSlice;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a stream: its window, and what waits for it.
 *
 * <pre>
 *  add, end ─▶ Outgoing ─▶ Sender ── sendSome ──▶ DATA, at last END_STREAM or RST_STREAM
 *                              ▲
 *  WINDOW_UPDATE, SETTINGS ────┘ extend
 * </pre>
 *
 * <p>One owner thread.
 */
final class StreamOutput {
  private final Http2Connection connection;
  private final Http2Stream stream;
  private @Nullable Outgoing out;

  /** What the client's window for this stream leaves; negative after its SETTINGS shrank it. */
  private int window;

  /** When the client last took bytes, or the first of them were queued. */
  private long progressed;

  StreamOutput(Http2Connection connection, Http2Stream stream) {
    this.connection = connection;
    this.stream = stream;
    this.window = connection.peer.initialWindow();
  }

  /** What the client's window leaves, in bytes. */
  int window() {
    return window;
  }

  /** Number of bytes that wait. */
  long size() {
    return out == null ? 0 : out.size();
  }

  /** The bytes were sent beside the queue. */
  void spend(int bytes) {
    window -= bytes;
  }

  /**
   * Changes the window by WINDOW_UPDATE, or by the client's SETTINGS.
   *
   * @return whether it is within 2^31-1 (RFC 9113 §6.9.1)
   */
  boolean extend(int bytes) {
    if (window + (long) bytes > Integer.MAX_VALUE) {
      return false;
    }
    window += bytes;
    queueIfReady();
    return true;
  }

  /** Queues bytes, which are not changed any more. */
  void add(byte[] bytes) {
    outgoing().add(bytes, 0);
    queueIfReady();
  }

  /** Queues a part of a file. */
  void add(FileSlice slice) {
    outgoing().add(slice);
    queueIfReady();
  }

  /** Ends the body behind what is queued. */
  void end(Outgoing.Ending how) {
    Outgoing waiting = outgoing();
    waiting.end(how);
    if (waiting.size() > 0) {
      return;
    }
    if (how == Outgoing.Ending.END_STREAM) {
      connection.frames.dataHeader(stream.id, 0, true); // needs no window
    }
    allSent(waiting);
  }

  private Outgoing outgoing() {
    Outgoing waiting = out;
    if (waiting == null) {
      waiting = new Outgoing();
      out = waiting;
    }
    if (waiting.size() == 0) {
      progressed = connection.owner.nanoTime();
    }
    return waiting;
  }

  private void queueIfReady() {
    if (size() > 0 && window > 0) {
      connection.sender.add(stream);
    }
  }

  /**
   * Sends a DATA frame of what waits. Called by the {@link Sender}.
   *
   * @return number of bytes of content
   */
  int sendSome(int max) {
    Outgoing waiting = out;
    if (waiting == null || waiting.size() == 0 || window <= 0) {
      return 0; // WINDOW_UPDATE brings it back
    }
    int sent = waiting.write(connection.frames, connection.wire, stream.id, Math.min(max, window));
    window -= sent;
    connection.guard.sentData(sent, waiting.size() > 0);
    progressed = connection.owner.nanoTime();
    if (waiting.size() == 0) {
      allSent(waiting);
    } else if (window > 0) {
      connection.sender.addAgain(stream);
    }
    stream.sent();
    return sent;
  }

  private void allSent(Outgoing waiting) {
    switch (waiting.ending()) {
      case END_STREAM -> stream.responseEnded();
      case RESET -> connection.reset(stream, ErrorCode.INTERNAL_ERROR, "the response broke off");
      case OPEN -> {}
    }
  }

  /** Whether the client has not taken any of what waits for a time. */
  boolean isStalled(long now, long nanos) {
    return size() > 0 && now - progressed >= nanos;
  }

  /** The rest will not be sent. */
  void discard() {
    if (out != null) {
      out.discard();
    }
  }
}
