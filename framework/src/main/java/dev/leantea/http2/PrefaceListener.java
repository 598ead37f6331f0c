package dev.leantea.http2;

import dev.leantea.wire.WireListener;
import java.util.function.Supplier;

/**
 * Compares the first bytes of a connection with the preface of HTTP/2.
 *
 * <pre>
 *  UNDECIDED ─┬─ the preface is complete ─▶ HTTP/2, which gets it ─▶ DECIDED
 *             └─ a byte differs ─▶ HTTP/1.1, which gets what was held back ─▶ DECIDED
 * </pre>
 *
 * <p>HTTP/1.1 is there from the start: its deadlines are those of a connection that sends nothing.
 * Once decided, an event costs one call more. One owner thread.
 */
final class PrefaceListener implements WireListener {
  private static final byte[] PREFACE = Http2Input.PREFACE;
  private static final int DECIDED = -1;

  private final Supplier<WireListener> http2;
  private WireListener next;

  /** Bytes of the preface that were received; {@link #DECIDED} after the decision. */
  private int matched;

  PrefaceListener(WireListener http1, Supplier<WireListener> http2) {
    this.next = http1;
    this.http2 = http2;
  }

  @Override
  public void received(byte[] bytes, int from, int to) {
    if (matched == DECIDED) {
      next.received(bytes, from, to);
    } else {
      decide(bytes, from, to);
    }
  }

  private void decide(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && matched < PREFACE.length && bytes[at] == PREFACE[matched]) {
      at++;
      matched++;
    }
    if (matched == PREFACE.length) {
      next = http2.get();
    } else if (at == to) {
      return;
    }
    hand(bytes, at - from, from, to);
  }

  /** Passes on what was held back, and what came now: as it came, if that is all. */
  private void hand(byte[] bytes, int ofThese, int from, int to) {
    int before = matched - ofThese;
    matched = DECIDED;
    if (before > 0) {
      next.received(PREFACE, 0, before);
    }
    next.received(bytes, from, to);
  }

  @Override
  public void discarded(int bytes) {
    next.discarded(bytes);
  }

  @Override
  public void endOfInput() {
    if (matched > 0) {
      int before = matched;
      matched = DECIDED;
      next.received(PREFACE, 0, before);
    }
    next.endOfInput();
  }

  @Override
  public void truncated() {
    next.truncated();
  }

  @Override
  public void sent() {
    next.sent();
  }

  @Override
  public void broken() {
    next.broken();
  }

  @Override
  public void tick() {
    next.tick();
  }

  @Override
  public void drain() {
    next.drain();
  }

  @Override
  public long deadline() {
    return next.deadline();
  }

  @Override
  public boolean isIdle() {
    return next.isIdle();
  }

  @Override
  public boolean isDrainable() {
    return next.isDrainable();
  }
}
