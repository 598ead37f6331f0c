package dev.leantea.http1;

import dev.leantea.wire.Wire;

/**
 * Holds a client back that sends more than is handled, or reads less than it is answered. One owner
 * thread.
 */
final class Backpressure {
  /** Maximum bytes behind a request being handled; beyond it the client is held back. */
  private static final int MAX_AHEAD_BYTES = 64 * 1024;

  /** Maximum unsent bytes of responses, beyond which no further pipelined request is begun. */
  private static final int MAX_UNSENT_BYTES = 256 * 1024;

  private final Wire wire;
  private final ReceiveBuffer in;
  private boolean paused;

  Backpressure(Wire wire, ReceiveBuffer in) {
    this.wire = wire;
    this.in = in;
  }

  /** A client that sends requests and reads no responses is not served any further for now. */
  boolean isClogged() {
    return wire.unsent() > MAX_UNSENT_BYTES;
  }

  /** Goes on receiving or stops, as the state and what waits in the buffer allow. */
  void throttle(ConnectionState state) {
    switch (state) {
      case ConnectionState.Handling _, ConnectionState.Streaming _ ->
          receiving(in.size() < MAX_AHEAD_BYTES);
      case ConnectionState.Head _ -> receiving(!isClogged() || in.size() < MAX_AHEAD_BYTES);
      case ConnectionState.Discarding _, ConnectionState.Lingering _ -> receiving(true);
      case ConnectionState.Upgraded _, ConnectionState.Closed _ -> {}
    }
  }

  void receiving(boolean on) {
    if (on == paused) {
      paused = !on;
      wire.receiving(on);
    }
  }
}
