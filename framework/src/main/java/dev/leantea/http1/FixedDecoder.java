package dev.leantea.http1;

import dev.leantea.exchange.IncomingBody;

/** A body of known length (RFC 9112 §6.2). */
final class FixedDecoder implements BodyDecoder {
  private long remaining;

  FixedDecoder(long length) {
    this.remaining = length;
  }

  @Override
  public boolean decode(ReceiveBuffer in, IncomingBody body) {
    while (remaining > 0 && !in.isEmpty()) {
      int most = (int) Math.min(remaining, in.size());
      int bytes = body.offer(in.array(), in.from(), in.from() + most, most);
      if (bytes == 0) {
        return false;
      }
      in.consume(bytes);
      remaining -= bytes;
    }
    return remaining == 0;
  }

  @Override
  public boolean needsMore() {
    return false; // it consumes any number of bytes
  }
}
