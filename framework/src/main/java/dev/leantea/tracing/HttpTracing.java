package dev.leantea.tracing;

import dev.leantea.http.Attribute;
import dev.leantea.http.Body;
import dev.leantea.http.CompletedExchange;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Instant;
import java.util.Optional;

/**
 * A server span for each exchange, refused and broken ones too, by OpenTelemetry's semantic
 * conventions for HTTP:
 *
 * <pre>{@code
 * var tracing = HttpTracing.of(openTelemetry);
 * backend.serve(config.withExchangeListener(tracing), tracing.filter().apply(router));
 * }</pre>
 *
 * <p>The listener begins and ends the span, which is a child of the one that the request names
 * ({@code traceparent}). The filter makes it current while the handler runs, and while a streamed
 * body is written: spans of database drivers and HTTP clients become its children. Any thread.
 */
public final class HttpTracing implements ExchangeListener {
  private static final Attribute<Context> CONTEXT = Attribute.of("trace context");

  private final Tracer tracer;
  private final TextMapPropagator propagator;

  private HttpTracing(OpenTelemetry openTelemetry) {
    tracer = openTelemetry.getTracer("dev.leantea");
    propagator = openTelemetry.getPropagators().getTextMapPropagator();
  }

  /** Spans of a tracer of this name: {@code dev.leantea}. */
  public static HttpTracing of(OpenTelemetry openTelemetry) {
    return new HttpTracing(openTelemetry);
  }

  @Override
  public Request started(Request request) {
    Context parent = propagator.extract(Context.root(), request, RequestFields.GETTER);
    Span span =
        tracer
            .spanBuilder(SpanAttributes.method(request))
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .startSpan();
    if (span.isRecording()) {
      SpanAttributes.ofRequest(span, request);
    }
    return request.with(CONTEXT, parent.with(span));
  }

  @Override
  public void completed(CompletedExchange exchange) {
    Optional<Context> context = exchange.request().flatMap(it -> it.attribute(CONTEXT));
    Span span = context.map(Span::fromContext).orElseGet(() -> late(exchange));
    if (span.isRecording()) {
      SpanAttributes.ofEnd(span, exchange);
    }
    span.end();
  }

  /** Of bytes that were no request. */
  private Span late(CompletedExchange exchange) {
    return tracer
        .spanBuilder("HTTP")
        .setNoParent()
        .setSpanKind(SpanKind.SERVER)
        .setStartTimestamp(Instant.now().minus(exchange.duration()))
        .startSpan();
  }

  /** A filter that makes the span of a request current; without one it does nothing. */
  public Filter filter() {
    return new Current();
  }

  private static final class Current implements Filter {
    @Override
    public Handler wrap(Handler next) {
      return request -> {
        Optional<Context> context = request.attribute(CONTEXT);
        if (context.isEmpty()) {
          return next.handle(request);
        }
        try (Scope _ = context.get().makeCurrent()) {
          return current(next.handle(request), context.get());
        }
      };
    }

    @Override
    public Execution execution() {
      return Execution.NON_BLOCKING;
    }

    private static Response current(Response response, Context context) {
      return switch (response.body()) {
        case Body.Stream(var writer, var length) ->
            response.withBody(
                new Body.Stream(
                    out -> {
                      try (Scope _ = context.makeCurrent()) {
                        writer.writeTo(out);
                      }
                    },
                    length));
        case Body.Upgrade(String protocol, var handler) ->
            response.withBody(
                new Body.Upgrade(
                    protocol,
                    connection -> {
                      try (Scope _ = context.makeCurrent()) {
                        handler.handle(connection);
                      }
                    }));
        case Body.Bytes _, Body.File _ -> response;
      };
    }
  }
}
