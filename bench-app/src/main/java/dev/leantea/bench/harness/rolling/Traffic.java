package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.harness.Cleanup;
import java.io.IOException;
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
import javax.net.ssl.SSLContext;

/**
 * Clients that ask without a pause until they are closed: each a virtual thread, half of the
 * requests POSTs.
 */
final class Traffic implements Cleanup.Resource {
  /** The limit of a request: none of them takes long. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

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
      start(() -> ask(http1));
      start(() -> ask(http2));
      start(new EventStream(tally, http1, address.resolve("/events"), () -> closed)::run);
      start(new Echo(tally, http1, port, () -> closed)::run);
    }
  }

  private HttpClient client(SSLContext tls, Version version) {
    HttpClient client = HttpClient.newBuilder().version(version).sslContext(tls).build();
    clients.add(client);
    return client;
  }

  private void start(Runnable client) {
    threads.add(Thread.startVirtualThread(client));
  }

  private void ask(HttpClient client) {
    for (int i = 0; !closed; i++) {
      String text = i % 2 == 0 ? "ok" : "tea " + i;
      HttpRequest.Builder request = HttpRequest.newBuilder().timeout(TIMEOUT);
      if (i % 2 == 0) {
        request.uri(address.resolve("/health"));
      } else {
        request.uri(address.resolve("/echo")).POST(BodyPublishers.ofString(text));
      }
      ask(client, request.build(), text);
    }
  }

  private void ask(HttpClient client, HttpRequest request, String expected) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 200 && response.body().equals(expected)) {
        tally.answered(response.version() == Version.HTTP_2);
      } else {
        tally.failed(request + ": " + response.statusCode() + " " + response.body().strip());
      }
    } catch (IOException e) {
      tally.failed(request + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
