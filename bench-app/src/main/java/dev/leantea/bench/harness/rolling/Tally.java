package dev.leantea.bench.harness.rolling;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

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

  private final ConcurrentMap<Count, Long> counts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> reasons = new ConcurrentLinkedQueue<>();

  void add(Count count) {
    counts.merge(count, 1L, Long::sum);
  }

  void failed(String reason) {
    add(Count.FAILURES);
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }

  public long of(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  long requests() {
    return of(Count.HTTP1) + of(Count.HTTP2);
  }

  /** The first failures, in words. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }
}
