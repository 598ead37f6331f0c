package dev.leantea.websocket;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages (RFC 7692 §7.2.2) into a bounded buffer, so that a bomb meets the limit of
 * messages and no more memory than that. One thread.
 */
final class Inflation implements AutoCloseable {
  /** RFC 7692 §7.2.2: the sender left these off the end of each message. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private final Inflater inflater = new Inflater(true);
  private final boolean keepsContext;

  /**
   * @param keepsContext whether a message may refer to those before it
   */
  Inflation(boolean keepsContext) {
    this.keepsContext = keepsContext;
  }

  /** Inflates a part of a message. */
  void part(byte[] bytes, int from, int to, MessageBuffer out) throws WebSocketFailure {
    if (from < to) {
      inflater.setInput(bytes, from, to - from);
      inflate(bytes, to, out);
    }
  }

  /** Inflates what is left of a message. */
  void end(MessageBuffer out) throws WebSocketFailure {
    part(TAIL, 0, TAIL.length, out);
    if (!keepsContext) {
      inflater.reset();
    }
  }

  private void inflate(byte[] bytes, int to, MessageBuffer out) throws WebSocketFailure {
    try {
      boolean more = true;
      while (more) {
        if (out.room() > 0) {
          out.wrote(inflater.inflate(out.array(), out.size(), out.room()));
        }
        more = goOn(bytes, to, out);
      }
    } catch (DataFormatException e) {
      throw new WebSocketFailure(CloseReason.INVALID_PAYLOAD, "expected deflated bytes");
    }
  }

  /** Whether there is more to inflate, and then room for it. */
  private boolean goOn(byte[] bytes, int to, MessageBuffer out) throws WebSocketFailure {
    if (inflater.finished()) {
      // RFC 7692 §7.2.3.4: a final block may stand anywhere; what follows it begins anew.
      int rest = inflater.getRemaining();
      inflater.reset();
      inflater.setInput(bytes, to - rest, rest);
      return rest > 0;
    }
    if (out.room() > 0) {
      return !inflater.needsInput();
    }
    return probe(out);
  }

  /** The buffer is full: is there one more byte? Only then does it grow, up to its limit. */
  private boolean probe(MessageBuffer out) throws WebSocketFailure {
    try {
      byte[] one = new byte[1];
      if (inflater.inflate(one) == 1) {
        out.append(one, 0, 1);
        return true;
      }
      return inflater.finished();
    } catch (DataFormatException e) {
      throw new WebSocketFailure(CloseReason.INVALID_PAYLOAD, "expected deflated bytes");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
