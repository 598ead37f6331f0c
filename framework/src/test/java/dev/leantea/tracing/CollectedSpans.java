package dev.leantea.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** OpenTelemetry's SDK, and the spans that ended, in order. */
public final class CollectedSpans implements SpanExporter {
  private static final long TIMEOUT_SECONDS = 30;

  private final BlockingQueue<SpanData> ended = new LinkedBlockingQueue<>();

  private final OpenTelemetry openTelemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(this))
                  .build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();

  public OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  /** Whether there is none that {@link #next} has not given. */
  boolean isEmpty() {
    return ended.isEmpty();
  }

  /** An attribute of a span. */
  public static String text(SpanData span, String key) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
  }

  /** An attribute of a span; -1 when it has none. */
  public static long number(SpanData span, String key) {
    Long value = span.getAttributes().get(AttributeKey.longKey(key));
    return value == null ? -1 : value;
  }

  /** The next span to end; waits for it. */
  public SpanData next() throws InterruptedException {
    SpanData span = ended.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (span == null) {
      throw new AssertionError("expected a span to end");
    }
    return span;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    ended.addAll(spans);
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
