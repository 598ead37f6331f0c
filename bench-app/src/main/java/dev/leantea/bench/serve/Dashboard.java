package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Server;
import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.json.Json;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Broadcast.Overflow;
import dev.leantea.sse.Event;
import dev.leantea.sse.Events;
import dev.leantea.sse.Sse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * The figures of a server, taken once a second while it runs, for the live page.
 *
 * <pre>
 *  NEW ── start, with the server ──▶ SAMPLING ── close, before the server's ──▶ CLOSED
 *
 *  requests ─▶ {@link Recorder} ─ once a second ─▶ {@link Sample} ─┬▶ the last minute
 *                                                                 └▶ Broadcast ─▶ pages
 * </pre>
 *
 * <p>The time of a request is from the call of its handler to its return: a streamed body is
 * written later. Any thread counts, without a lock.
 */
final class Dashboard implements Filter, AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.leantea.bench");
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MAX_SAMPLES = 60;
  private static final int MAX_EVENTS_QUEUED = 10;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final long MAX_NANOS = 60_000_000_000L;
  private static final int SIGNIFICANT_DIGITS = 2;

  /**
   * One second's figures.
   *
   * @param time of its end, in milliseconds since 1970
   * @param requestsPerSecond requests whose handler returned
   * @param p50Micros the median time in the handler; 0 without requests
   * @param p99Micros its 99th percentile
   * @param connections open at the end, the page's own among them
   */
  record Sample(
      long time, double requestsPerSecond, double p50Micros, double p99Micros, int connections) {}

  record State(String backend, String engine, long started, List<Sample> samples) {}

  private final Recorder latencies = new Recorder(MAX_NANOS, SIGNIFICANT_DIGITS);
  private final Broadcast pages = new Broadcast(MAX_EVENTS_QUEUED, Overflow.DROP_OLDEST);
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("leantea-dashboard").factory());
  private final long started = System.currentTimeMillis();
  private volatile State server = new State("", "", started, List.of());
  private Histogram second = latencies.getIntervalHistogram();
  private long lastNanos = System.nanoTime();

  @Override
  public Handler wrap(Handler next) {
    return request -> {
      long start = System.nanoTime();
      try {
        return next.handle(request);
      } finally {
        latencies.recordValue(Math.min(System.nanoTime() - start, MAX_NANOS));
      }
    };
  }

  /** It never blocks, so routes that do not block stay on their loop. */
  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  /** Starts to take figures. Called once. */
  void start(Backend backend, Server running) {
    server = new State(backend.name(), backend.engine(), started, List.of());
    long nanos = INTERVAL.toNanos();
    var _ =
        clock.scheduleAtFixedRate(() -> sampleOrLog(running), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** A scheduled task that throws is not run again, without a word in the log. */
  private void sampleOrLog(Server running) {
    try {
      sample(running);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "dashboard: a sample failed", e);
    }
  }

  private void sample(Server running) {
    second = latencies.getIntervalHistogram(second);
    long now = System.nanoTime();
    double seconds = (now - lastNanos) / 1e9;
    lastNanos = now;
    double rate = second.getTotalCount() / seconds;
    double p50 = second.getValueAtPercentile(50) / NANOS_PER_MICRO;
    double p99 = second.getValueAtPercentile(99) / NANOS_PER_MICRO;
    var sample = new Sample(System.currentTimeMillis(), rate, p50, p99, running.connections());
    synchronized (samples) {
      if (samples.size() == MAX_SAMPLES) {
        samples.removeFirst();
      }
      samples.addLast(sample);
    }
    pages.publish(event("sample", sample));
  }

  /** The stream of one page: the state, then a sample each second. */
  Response events() {
    return Sse.events(this::send);
  }

  private void send(Events events) throws IOException, InterruptedException {
    // Subscribed before the state is read: the page ignores a sample that is in both.
    try (Broadcast.Subscription subscription = pages.subscribe()) {
      events.send(event("state", state()).retry(RETRY));
      subscription.sendAll(events);
    }
  }

  private State state() {
    State known = server;
    synchronized (samples) {
      return new State(known.backend(), known.engine(), started, List.copyOf(samples));
    }
  }

  private static Event event(String name, Object data) {
    return Event.of(new String(Json.encode(data), StandardCharsets.UTF_8)).event(name);
  }

  /** Ends the streams of all pages, which then reconnect to the next server. */
  @Override
  public void close() {
    clock.shutdownNow();
    pages.close();
  }
}
