package dev.leantea.bench.harness.rolling;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What clients met. Any thread. */
public final class Tally {
  private static final int MAX_REASONS = 20;

  private final LongAdder http1 = new LongAdder();
  private final LongAdder http2 = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder streamEnds = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder socketCloses = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final ConcurrentLinkedQueue<String> reasons = new ConcurrentLinkedQueue<>();

  void answered(boolean isHttp2) {
    (isHttp2 ? http2 : http1).increment();
  }

  void event() {
    events.increment();
  }

  /** A stream ended in order, and its client came back in time. */
  void streamEnded() {
    streamEnds.increment();
  }

  void message() {
    messages.increment();
  }

  /** A WebSocket was closed with 1001, and its client came back. */
  void socketClosed() {
    socketCloses.increment();
  }

  void failed(String reason) {
    failures.increment();
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }

  public long http1() {
    return http1.sum();
  }

  public long http2() {
    return http2.sum();
  }

  long requests() {
    return http1() + http2();
  }

  public long events() {
    return events.sum();
  }

  public long streamEnds() {
    return streamEnds.sum();
  }

  public long messages() {
    return messages.sum();
  }

  public long socketCloses() {
    return socketCloses.sum();
  }

  public long failures() {
    return failures.sum();
  }

  /** The first failures, in words. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }
}
