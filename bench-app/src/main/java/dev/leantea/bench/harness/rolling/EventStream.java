package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.harness.rolling.Tally.Count;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A client of {@code /events}, as a browser is one: it comes back after the time that the stream
 * named, with the id of its last event, and then expects the next one at once.
 */
final class EventStream {
  private static final long MAX_BACK_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Tally tally;
  private final HttpClient client;
  private final URI uri;
  private final BooleanSupplier closed;
  private long lastId;
  private long retryMillis;
  private long endedAt;

  EventStream(Tally tally, HttpClient client, URI uri, BooleanSupplier closed) {
    this.tally = tally;
    this.client = client;
    this.uri = uri;
    this.closed = closed;
  }

  /** Follows one stream to its end, and waits for as long as it said. */
  void run() throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (lastId > 0) {
      request.header("Last-Event-ID", "" + lastId);
    }
    HttpResponse<Stream<String>> response = client.send(request.build(), BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("expected 200, got " + response.statusCode());
      }
      for (Iterator<String> line = lines.iterator(); !closed.getAsBoolean() && line.hasNext(); ) {
        read(line.next());
      }
    }
    endedAt = System.nanoTime();
    Thread.sleep(retryMillis);
  }

  private void read(String line) {
    if (line.startsWith("retry: ")) {
      retryMillis = Long.parseLong(line.substring("retry: ".length()));
    } else if (line.startsWith("id: ")) {
      long id = Long.parseLong(line.substring("id: ".length()));
      if (id != lastId + 1) {
        tally.failed("stream: expected event " + (lastId + 1) + ", got " + id);
      }
      lastId = id;
      tally.add(Count.EVENTS);
      cameBack();
    }
  }

  private void cameBack() {
    if (endedAt != 0) {
      long nanos = System.nanoTime() - endedAt - TimeUnit.MILLISECONDS.toNanos(retryMillis);
      endedAt = 0;
      if (nanos > MAX_BACK_NANOS) {
        tally.failed("stream: back " + nanos / 1_000_000 + " ms after its retry time");
      } else {
        tally.add(Count.STREAM_ENDS);
      }
    }
  }
}
