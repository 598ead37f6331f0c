package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.log.AccessFormat;
import dev.leantea.log.AccessLog;
import dev.leantea.log.RequestIds;
import dev.leantea.metrics.HttpMetrics;
import dev.leantea.security.Cors;
import dev.leantea.security.SecurityHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What applications put around their routes, so that its cost can be measured. */
final class Surroundings {
  /** As {@code serve --with} names them. */
  enum Part {
    LOG,
    METRICS,
    ID,
    CORS,
    HEADERS
  }

  private ExchangeListener listener = ExchangeListener.NONE;
  private Filter filter = Filter.nonBlocking(next -> next);
  private final List<HttpMetrics> metrics = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  /**
   * @param log where {@link Part#LOG} writes, in the combined format
   */
  Surroundings(Collection<Part> parts, Path log) {
    parts.forEach(part -> add(part, log));
  }

  private void add(Part part, Path log) {
    switch (part) {
      case LOG -> listener = listener.and(log(log));
      case METRICS -> listener = listener.and(metrics());
      case ID -> filter = RequestIds.filter().then(filter);
      case CORS -> filter = filter.then(Cors.of("https://app.example"));
      case HEADERS -> filter = filter.then(SecurityHeaders.defaults());
    }
  }

  private AccessLog log(Path file) {
    try {
      Writer out = Files.newBufferedWriter(file);
      AccessLog log = AccessLog.of(AccessFormat.combined(), line -> write(out, line));
      open.add(log);
      open.add(out);
      return log;
    } catch (IOException e) {
      throw new IllegalArgumentException("--access-log: cannot write " + file + ": " + e, e);
    }
  }

  private static void write(Writer out, String line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpMetrics metrics() {
    HttpMetrics all = HttpMetrics.of(new SimpleMeterRegistry());
    metrics.add(all);
    return all;
  }

  /** Starts a server with them around its routes. */
  Server serve(Backend backend, ServerConfig config, Handler routes) {
    Server server = backend.serve(config.withExchangeListener(listener), filter.apply(routes));
    metrics.forEach(it -> it.bind(server));
    return server;
  }

  /** The server has stopped. */
  void close() {
    for (AutoCloseable it : open) {
      try {
        it.close();
      } catch (Exception e) {
        throw new IllegalStateException("the access log could not be closed", e);
      }
    }
  }
}
