package dev.leantea.bench.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Passes an upstream's body on, piece by piece: each is on the wire before the next is read.
 *
 * <p>Where nothing comes for the heartbeat's time and an event has just ended, it sends a comment,
 * which clients pass over: a write is the only way to learn that a client left. One thread.
 */
final class TokenRelay {
  private static final byte[] COMMENT = {':', '\n', '\n'};

  private final UpstreamBody body;
  private final OutputStream out;
  private final Duration heartbeat;
  private final boolean comments;
  private boolean lineEmpty = true;
  private boolean betweenEvents = true;
  private byte last;

  /**
   * @param comments whether the body is an event stream that takes comments
   */
  TokenRelay(UpstreamBody body, OutputStream out, Duration heartbeat, boolean comments) {
    this.body = body;
    this.out = out;
    this.heartbeat = heartbeat;
    this.comments = comments;
  }

  /**
   * Returns when the body is complete.
   *
   * @throws IOException when the client is gone, or the upstream broke off
   */
  void run() throws IOException {
    for (boolean more = true; more; ) {
      more =
          switch (body.read(heartbeat)) {
            case UpstreamBody.Read.Piece(var octets) -> pass(octets);
            case UpstreamBody.Read.Silence() -> beat();
            case UpstreamBody.Read.End() -> false;
          };
    }
  }

  private boolean pass(List<ByteBuffer> pieces) throws IOException {
    for (ByteBuffer piece : pieces) {
      byte[] octets = new byte[piece.remaining()];
      piece.get(octets);
      follow(octets);
      out.write(octets);
    }
    out.flush();
    return true;
  }

  private boolean beat() throws IOException {
    if (comments && betweenEvents) {
      out.write(COMMENT);
      out.flush();
    }
    return true;
  }

  /** An event ends with an empty line; CR, LF and CRLF each end a line. */
  private void follow(byte[] octets) {
    for (byte octet : octets) {
      boolean lineEnd = octet == '\r' || octet == '\n';
      if (!lineEnd || octet == '\r' || last != '\r') { // the LF of a CRLF changes nothing
        betweenEvents = lineEnd && lineEmpty;
        lineEmpty = lineEnd;
      }
      last = octet;
    }
  }
}
