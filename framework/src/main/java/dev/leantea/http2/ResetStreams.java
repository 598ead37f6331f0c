package dev.leantea.http2;

/**
 * The streams that this server has reset last. Frames that the client sent before it learned of the
 * reset are ignored (RFC 9113 §5.1), not answered with an error. One owner thread.
 */
final class ResetStreams {
  /** How many are remembered. Frames for one that was forgotten get STREAM_CLOSED. */
  private static final int MAX_STREAMS = 256;

  private static final int[] NONE = {};

  private int[] ids = NONE;
  private int next;

  void add(int id) {
    if (ids.length == 0) {
      ids = new int[MAX_STREAMS];
    }
    ids[next] = id;
    next = (next + 1) % MAX_STREAMS;
  }

  boolean contains(int id) {
    for (int reset : ids) {
      if (reset == id) {
        return true;
      }
    }
    return false;
  }
}
