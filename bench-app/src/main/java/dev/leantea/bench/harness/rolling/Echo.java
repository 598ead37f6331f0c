package dev.leantea.bench.harness.rolling;

import dev.leantea.bench.harness.rolling.Tally.Count;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A WebSocket that has a message echoed, and another one; when it is closed it connects again. */
final class Echo {
  private static final long PAUSE_MILLIS = 20;
  private static final long MAX_SECONDS = 10;
  private static final int GOING_AWAY = 1001;

  private final Tally tally;
  private final HttpClient client;
  private final URI uri;
  private final BooleanSupplier closed;

  Echo(Tally tally, HttpClient client, int port, BooleanSupplier closed) {
    this.tally = tally;
    this.client = client;
    this.uri = URI.create("wss://127.0.0.1:" + port + "/ws");
    this.closed = closed;
  }

  /** Talks until one of both sides closes. */
  void run() throws InterruptedException {
    var received = new Received();
    WebSocket socket = client.newWebSocketBuilder().buildAsync(uri, received).join();
    for (int i = 0; !closed.getAsBoolean(); i++) {
      String text = "message " + i;
      var _ = socket.sendText(text, true); // if it is closed meanwhile, the listener says so
      String answer = received.queue.poll(MAX_SECONDS, TimeUnit.SECONDS);
      if (!text.equals(answer)) {
        ended(String.valueOf(answer));
        break;
      }
      tally.add(Count.MESSAGES);
      Thread.sleep(PAUSE_MILLIS);
    }
    socket.abort();
  }

  private void ended(String how) {
    if (how.equals("closed " + GOING_AWAY)) {
      tally.add(Count.SOCKET_CLOSES);
    } else {
      tally.failed("WebSocket: expected an echo or a close with " + GOING_AWAY + ", got " + how);
    }
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
}
