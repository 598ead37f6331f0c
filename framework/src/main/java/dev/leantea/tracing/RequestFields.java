package dev.leantea.tracing;

import dev.leantea.http.Headers;
import dev.leantea.http.Request;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a request, as a propagator reads them. */
final class RequestFields implements TextMapGetter<Request> {
  static final RequestFields GETTER = new RequestFields();

  private RequestFields() {}

  @Override
  public Iterable<String> keys(Request request) {
    List<String> names = new ArrayList<>();
    for (Headers.Field field : request.headers()) {
      names.add(field.name());
    }
    return names;
  }

  @Override
  public @Nullable String get(@Nullable Request request, String name) {
    return request == null ? null : request.header(name).orElse(null);
  }
}
