package dev.leantea.log;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.Request;
import dev.leantea.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A JSON object for each line: its encoder escapes what could forge a line. */
record JsonFormat(Function<Request, String> client) implements AccessFormat {
  @Override
  public boolean needsIds() {
    return true;
  }

  @Override
  public String line(CompletedExchange exchange, Instant end) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", end.minus(exchange.duration()).toString());
    exchange.request().ifPresent(request -> put(line, request));
    putText(line, "route", exchange.route());
    if (exchange.status() != 0) {
      line.put("status", exchange.status());
    }
    line.put("bytes", exchange.bytes());
    line.put("micros", exchange.duration().toNanos() / 1000);
    line.put("outcome", exchange.outcome().name().toLowerCase(Locale.ROOT));
    putText(line, "reason", exchange.reason());
    return new String(Json.encode(line), StandardCharsets.UTF_8);
  }

  private void put(Map<String, Object> line, Request request) {
    RequestIds.of(request).ifPresent(id -> line.put("id", id));
    line.put("client", client.apply(request));
    line.put("method", request.method().toString());
    line.put("target", request.target().raw());
    line.put("protocol", request.version().toString());
    request.header("Referer").ifPresent(it -> line.put("referer", it));
    request.header("User-Agent").ifPresent(it -> line.put("userAgent", it));
  }

  private static void putText(Map<String, Object> line, String name, String text) {
    if (!text.isEmpty()) {
      line.put(name, text);
    }
  }
}
