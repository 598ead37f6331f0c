package dev.leantea.http1;

import dev.leantea.exchange.IncomingBody;
import org.jspecify.annotations.Nullable;

/** Decodes a body from the receive buffer. One owner thread. */
sealed interface BodyDecoder permits FixedDecoder, ChunkedDecoder {
  /**
   * Moves bytes from the buffer into the body, until the body has no room, the buffer has no more,
   * or the body is complete.
   *
   * @return whether the body is complete
   * @throws ProtocolException when the body is malformed
   */
  boolean decode(ReceiveBuffer in, IncomingBody body) throws ProtocolException;

  /**
   * Whether the buffered bytes are too few to continue, so that the body is truncated if the input
   * ends.
   */
  boolean needsMore();

  /** The decoder for this framing; null if there is no body. */
  static @Nullable BodyDecoder of(MessageFraming framing, Http1Protocol protocol) {
    return switch (framing) {
      case MessageFraming.None() -> null;
      case MessageFraming.Fixed(long length) -> new FixedDecoder(length);
      case MessageFraming.Chunked() ->
          new ChunkedDecoder(protocol.application.limits(), protocol.lineEnds);
    };
  }
}
