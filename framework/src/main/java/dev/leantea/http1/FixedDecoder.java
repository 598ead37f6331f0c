package dev.leantea.http1;

/** A body of known length (RFC 9112 §6.2). */
final class FixedDecoder implements BodyDecoder {
  private long remaining;

  FixedDecoder(long length) {
    this.remaining = length;
  }

  @Override
  public boolean decode(ReceiveBuffer in, RequestBody body) {
    int octets = (int) Math.min(Math.min(remaining, in.size()), body.room());
    if (octets > 0) {
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
