package dev.leantea.http1;

import dev.leantea.wire.Wire;

/**
 * Pauses receiving from a client that sends faster than its requests are handled, or does not read
 * its responses. One owner thread.
 */
final class Backpressure {
  /** Maximum buffered bytes after a request being handled; beyond it, receiving is paused. */
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

  /** Whether the client does not read its responses: no further requests are parsed for now. */
  boolean isClogged() {
    return wire.unsent() > MAX_UNSENT_BYTES;
  }

  /** Pauses or resumes receiving, depending on the state and the buffered bytes. */
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
