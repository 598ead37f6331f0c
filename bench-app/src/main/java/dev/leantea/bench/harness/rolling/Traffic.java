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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;

/**
 * Clients that ask without a pause until they are closed: each a virtual thread, half of the
 * requests POSTs.
 */
final class Traffic implements Cleanup.Resource {
  /** The limit of a request: none of them takes long. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What a client does again and again. */
  private interface Round {
    void run() throws IOException, InterruptedException;
  }

  private final Tally tally;
  private final URI address;
  private final List<Thread> threads = new ArrayList<>();
  private final List<HttpClient> clients = new ArrayList<>();
  private volatile boolean closed;

  Traffic(Tally tally, SSLContext tls, int port, int clientsOfEach) {
    this.tally = tally;
    this.address = URI.create("https://127.0.0.1:" + port);
    HttpClient http1 = client(tls, Version.HTTP_1_1);
    HttpClient http2 = client(tls, Version.HTTP_2);
    for (int i = 0; i < clientsOfEach; i++) {
      start("HTTP/1.1", () -> ask(http1));
      start("HTTP/2", () -> ask(http2));
      start("stream", new EventStream(tally, http1, address.resolve("/events"), () -> closed)::run);
      start("WebSocket", new Echo(tally, http1, port, () -> closed)::run);
    }
  }

  private HttpClient client(SSLContext tls, Version version) {
    HttpClient client = HttpClient.newBuilder().version(version).sslContext(tls).build();
    clients.add(client);
    return client;
  }

  private void start(String what, Round round) {
    threads.add(Thread.startVirtualThread(() -> repeat(what, round)));
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

  /** Each client ends with what it has in hand. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      try {
        if (!thread.join(TIMEOUT)) {
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    clients.forEach(HttpClient::shutdownNow);
  }
}
