package dev.leantea.metrics;

import static java.util.Objects.requireNonNull;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.Method;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The meters of one method of one route. Any thread. */
final class RouteMeters {
  /** Stands for all methods that are not standard ones. */
  static final Method OTHER = Method.of("other");

  private static final int STATUSES = 600;

  private final MeterRegistry registry;
  private final Tags tags;
  private final Counter bytes;
  private final Counter held;

  /** By outcome and status; made when they are first seen. */
  private final Map<Outcome, AtomicReferenceArray<Timer>> timers = new EnumMap<>(Outcome.class);

  RouteMeters(MeterRegistry registry, Method method, String route) {
    this.registry = registry;
    this.tags = Tags.of("method", method.toString(), "uri", route.isEmpty() ? "none" : route);
    for (Outcome outcome : Outcome.values()) {
      timers.put(outcome, new AtomicReferenceArray<>(STATUSES));
    }
    this.bytes =
        Counter.builder("http.server.response.size")
            .description("Bytes of response bodies")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry);
    this.held =
        Counter.builder("leantea.loop.held")
            .description("How often a handler was seen to hold its event loop")
            .tags(tags)
            .register(registry);
  }

  void heldLoop() {
    held.increment();
  }

  void record(CompletedExchange exchange) {
    timer(exchange.outcome(), exchange.status()).record(exchange.duration());
    bytes.increment((double) exchange.bytes());
  }

  private Timer timer(Outcome outcome, int status) {
    AtomicReferenceArray<Timer> byStatus =
        requireNonNull(timers.get(outcome), "a map of all outcomes");
    int index = status < STATUSES ? status : 0;
    Timer timer = byStatus.get(index);
    if (timer == null) { // several threads may register it: the registry has one
      timer =
          Timer.builder("http.server.requests")
              .description("From a request's head to its response's last byte")
              .tags(tags)
              .tag("status", Integer.toString(status))
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry);
      byStatus.set(index, timer);
    }
    return timer;
  }
}
