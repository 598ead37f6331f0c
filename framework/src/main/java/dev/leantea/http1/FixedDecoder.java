package dev.leantea.http1;

/** A body of known length (RFC 9112 §6.2). */
final class FixedDecoder implements BodyDecoder {
  private long remaining;

  FixedDecoder(long length) {
    this.remaining = length;
  }

  @Override
  public boolean decode(ReceiveBuffer in, RequestBody body) {
    while (remaining > 0 && !in.isEmpty()) {
      // Asked anew each time: the handler may have made room meanwhile, and it is to be told only
      // when it left us none.
      int octets = (int) Math.min(Math.min(remaining, in.size()), body.room());
      if (octets == 0) {
        return false;
      }
      body.offer(in.array(), in.from(), in.from() + octets);
      in.consume(octets);
      remaining -= octets;
    }
    return remaining == 0;
  }

  @Override
  public boolean needsMore() {
    return false; // it takes them one by one
  }
}
