package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.harness.Cleanup;
import dev.leantea.bench.harness.rolling.Tally.Count;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Clients that ask without a pause until they are closed: each a virtual thread, half of the
 * requests POSTs.
 */
final class Traffic implements Cleanup.Resource {
  /** The limit of a request, of an echo and of the end: none of them takes long. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final long MAX_BACK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE_MILLIS = 20;
  private static final String GOING_AWAY = "closed 1001";

  /** What a client does again and again. */
  private interface Round {
    void run() throws IOException, InterruptedException;
  }

  private final Tally tally;
  private final URI address;
  private final HttpClient http1;
  private final HttpClient http2;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;

  Traffic(Tally tally, SSLContext tls, int port, int clientsOfEach) {
    this.tally = tally;
    this.address = URI.create("https://127.0.0.1:" + port);
    this.http1 = HttpClient.newBuilder().version(Version.HTTP_1_1).sslContext(tls).build();
    this.http2 = HttpClient.newBuilder().version(Version.HTTP_2).sslContext(tls).build();
    for (int i = 0; i < clientsOfEach; i++) {
      threads.execute(() -> repeat("HTTP/1.1", () -> ask(http1)));
      threads.execute(() -> repeat("HTTP/2", () -> ask(http2)));
      threads.execute(() -> repeat("stream", new EventStream()::follow));
      threads.execute(() -> repeat("WebSocket", this::talk));
    }
  }

  private void repeat(String what, Round round) {
    while (!closed) {
      try {
        round.run();
      } catch (IOException | UncheckedIOException e) {
        tally.failed(what + ": " + e);
      } catch (CompletionException e) {
        tally.failed(what + ": " + e.getCause());
      } catch (InterruptedException e) {
        return; // closed, and it did not end in time
      }
    }
  }

  private void ask(HttpClient client) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder().timeout(TIMEOUT);
    ask(client, request.uri(address.resolve("/health")).build(), "ok");
    String text = "tea " + ThreadLocalRandom.current().nextLong();
    request.uri(address.resolve("/echo")).POST(BodyPublishers.ofString(text));
    ask(client, request.build(), text);
  }

  private void ask(HttpClient client, HttpRequest request, String expected)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() == 200 && response.body().equals(expected)) {
      tally.add(response.version() == Version.HTTP_2 ? Count.HTTP2 : Count.HTTP1);
    } else {
      tally.failed(request + ": " + response.statusCode() + " " + response.body().strip());
    }
  }

  // ---- event streams

  /**
   * A client of {@code /events}, as a browser is one: it comes back after the time that the stream
   * named, with the id of its last event, and then expects the next one at once.
   */
  private final class EventStream {
    private long lastId;
    private long retryMillis;
    private long endedAt;

    /** Follows one stream to its end, and waits for as long as it said. */
    void follow() throws IOException, InterruptedException {
      HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/events"));
      if (lastId > 0) {
        request.header("Last-Event-ID", "" + lastId);
      }
      HttpResponse<Stream<String>> response = http1.send(request.build(), BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("expected 200, got " + response.statusCode());
        }
        for (Iterator<String> line = lines.iterator(); !closed && line.hasNext(); ) {
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

  // ---- WebSockets

  /** Has a message echoed, and another one, until one of both sides closes. */
  private void talk() throws InterruptedException {
    var received = new Received();
    URI uri = URI.create("wss://" + address.getAuthority() + "/ws");
    WebSocket socket = http1.newWebSocketBuilder().buildAsync(uri, received).join();
    for (int i = 0; !closed; i++) {
      String text = "message " + i;
      var _ = socket.sendText(text, true); // if it is closed meanwhile, the listener says so
      String answer = received.queue.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      if (GOING_AWAY.equals(answer)) {
        tally.add(Count.SOCKET_CLOSES);
        break;
      }
      if (!text.equals(answer)) {
        tally.failed("WebSocket: expected an echo or a close with 1001, got " + answer);
        break;
      }
      tally.add(Count.MESSAGES);
      Thread.sleep(PAUSE_MILLIS);
    }
    socket.abort();
  }

  private static final class Received implements WebSocket.Listener {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      queue.add(text.toString());
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      queue.add("closed " + status);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      queue.add("error " + error);
    }
  }

  /** Each client ends with what it has in hand. */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    try {
      boolean _ = threads.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
    http1.shutdownNow();
    http2.shutdownNow();
  }
}
