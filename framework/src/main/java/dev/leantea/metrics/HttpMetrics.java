package dev.leantea.metrics;

import dev.leantea.backend.Server;
import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Meters of all exchanges of a server, refused and broken ones too:
 *
 * <pre>{@code
 * var metrics = HttpMetrics.of(registry);
 * Server server = metrics.bind(backend.serve(config.withExchangeListener(metrics), routes));
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th></tr>
 * <tr><td>{@code http.server.requests}</td><td>timer</td>
 *     <td>{@code method}, {@code uri} (the route's pattern), {@code status}, {@code outcome}</td></tr>
 * <tr><td>{@code http.server.response.size}</td><td>counter of bytes of bodies</td>
 *     <td>{@code method}, {@code uri}</td></tr>
 * <tr><td>{@code http.server.requests.active}</td><td>gauge</td><td></td></tr>
 * <tr><td>{@code http.server.refused}</td><td>counter</td>
 *     <td>{@code status}, {@code reason}</td></tr>
 * <tr><td>{@code http.server.connections}</td><td>gauge, after {@link #bind}</td>
 *     <td>{@code port} (the first one; {@code none} without one)</td></tr>
 * <tr><td>{@code leantea.loop.held}</td><td>counter</td>
 *     <td>{@code method}, {@code uri}</td></tr>
 * <tr><td>{@code leantea.loop.waiting}</td><td>gauge for each event loop, after {@link #bind}</td>
 *     <td>{@code port}, {@code loop} (its number, from 0)</td></tr>
 * </table>
 *
 * <p>Tags do not grow with what clients send: a path without a route has the uri {@code none}, a
 * method that is not a standard one is {@code other}. A meter is looked up once and then kept: an
 * exchange allocates nothing. Any thread.
 */
public final class HttpMetrics implements ExchangeListener {
  /** The framework's reasons are fewer; what would be more could come from clients. */
  private static final int MAX_REASONS = 100;

  private final MeterRegistry registry;
  private final Map<String, Map<Method, RouteMeters>> routes = new ConcurrentHashMap<>();
  private final Map<String, Counter> refused = new ConcurrentHashMap<>();
  private final LongAdder active = new LongAdder();

  private HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("http.server.requests.active", active, LongAdder::sum)
        .description("Requests that are being answered")
        .register(registry);
  }

  /** Meters in a registry. */
  public static HttpMetrics of(MeterRegistry registry) {
    return new HttpMetrics(registry);
  }

  /** Adds the gauges of a server's open connections and of its event loops; returns the server. */
  public Server bind(Server server) {
    String port = server.ports().stream().map(String::valueOf).findFirst().orElse("none");
    Gauge.builder("http.server.connections", server, Server::connections)
        .description("Open connections, idle ones among them")
        .tags("port", port)
        .register(registry);
    for (int i = 0; i < server.tasksWaiting().size(); i++) {
      int loop = i;
      Gauge.builder("leantea.loop.waiting", server, it -> it.tasksWaiting().get(loop))
          .description("Tasks and handlers that can go on and wait for their event loop")
          .tags("port", port, "loop", Integer.toString(loop))
          .register(registry);
    }
    return server;
  }

  @Override
  public Request started(Request request) {
    active.increment();
    return request;
  }

  @Override
  public void completed(CompletedExchange exchange) {
    if (exchange.request().isPresent()) {
      active.decrement();
      meters(exchange.request().get().method(), exchange.route()).record(exchange);
    }
    if (exchange.outcome() == Outcome.REFUSED) {
      refused(exchange.status(), exchange.reason()).increment();
    }
  }

  @Override
  public void heldLoop(Method method, String route, Duration beside) {
    meters(method, route).heldLoop();
  }

  private RouteMeters meters(Method method, String route) {
    Method counted = Method.standard().contains(method) ? method : RouteMeters.OTHER;
    Map<Method, RouteMeters> known = routes.get(route);
    RouteMeters meters = known == null ? null : known.get(counted);
    return meters == null ? newMeters(counted, route) : meters;
  }

  private RouteMeters newMeters(Method method, String route) {
    return routes
        .computeIfAbsent(route, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(method, _ -> new RouteMeters(registry, method, route));
  }

  private Counter refused(int status, String reason) {
    String bounded = refused.size() < MAX_REASONS || refused.containsKey(reason) ? reason : "other";
    return refused.computeIfAbsent(
        bounded,
        _ ->
            Counter.builder("http.server.refused")
                .description("Requests and connections that the framework refused")
                .tags(Tags.of("reason", bounded, "status", Integer.toString(status)))
                .register(registry));
  }
}
