package dev.leantea.bench.harness.rolling;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What clients met. Any thread. */
public final class Tally {
  private static final int MAX_REASONS = 20;

  /** What is counted. */
  public enum Count {
    HTTP1("HTTP/1.1"),
    HTTP2("HTTP/2"),
    EVENTS("events"),
    /** A stream ended in order, and its client came back in time. */
    STREAM_ENDS("streams that came back"),
    MESSAGES("messages"),
    /** A WebSocket was closed with 1001, and its client came back. */
    SOCKET_CLOSES("WebSockets that came back"),
    FAILURES("failed");

    private final String label;

    Count(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
  private final ConcurrentLinkedQueue<String> reasons = new ConcurrentLinkedQueue<>();

  Tally() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  private LongAdder adder(Count count) {
    return Objects.requireNonNull(counts.get(count));
  }

  void add(Count count) {
    adder(count).increment();
  }

  void failed(String reason) {
    add(Count.FAILURES);
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }

  public long of(Count count) {
    return adder(count).sum();
  }

  long requests() {
    return of(Count.HTTP1) + of(Count.HTTP2);
  }

  /** The first failures, in words. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }
}
