package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Clients that request {@code /health}, one request after the other, until they are closed. */
final class BusyClients implements AutoCloseable {
  private static final byte[] GET =
      "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Makes a connection. */
  interface Connector {
    Socket connect() throws IOException;
  }

  private final Semaphore responses = new Semaphore(0);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> clients = new ArrayList<>();
  private final Connector connector;
  private volatile boolean ended;

  /**
   * Starts them.
   *
   * @param keeping how many keep their connections
   * @param renewing how many make a new connection for each request
   */
  BusyClients(int keeping, int renewing, Connector connector) {
    this.connector = connector;
    for (int i = 0; i < keeping; i++) {
      clients.add(threads.submit(() -> ask(false)));
    }
    for (int i = 0; i < renewing; i++) {
      clients.add(threads.submit(() -> ask(true)));
    }
  }

  private Void ask(boolean once) throws IOException {
    while (!ended) {
      try (Socket socket = connector.connect()) {
        var replies = new ReplyReader(new BufferedInputStream(socket.getInputStream()));
        do {
          socket.getOutputStream().write(GET);
          assertThat(replies.read(false).text()).isEqualTo("ok");
          responses.release();
        } while (!once && !ended);
      }
    }
    return null;
  }

  /** Waits until they have got so many further responses. */
  void awaitResponses(int count) throws InterruptedException {
    responses.drainPermits();
    assertThat(responses.tryAcquire(count, 60, TimeUnit.SECONDS))
        .as("expected %d further responses, got %d", count, responses.availablePermits())
        .isTrue();
  }

  /** Ends them; fails if a request or a connection of theirs was lost. */
  @Override
  public void close() {
    ended = true;
    threads.shutdown();
    for (Future<?> client : clients) {
      assertThat(client).succeedsWithin(60, TimeUnit.SECONDS);
    }
  }
}
