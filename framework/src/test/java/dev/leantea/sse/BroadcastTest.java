package dev.leantea.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.sse.Broadcast.Overflow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  @Test
  void publish_manySubscribers_allReceiveAllInOrder() throws Exception {
    var broadcast = new Broadcast(1000, Overflow.DISCONNECT);
    var bodies = new ArrayList<ByteArrayOutputStream>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 200; i++) {
      var body = new ByteArrayOutputStream();
      bodies.add(body);
      threads.add(Thread.startVirtualThread(() -> subscribe(broadcast, body)));
    }
    while (broadcast.subscribers() < 200) {
      Thread.onSpinWait();
    }
    String expected = publish(broadcast, 100);
    broadcast.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(bodies)
        .allSatisfy(body -> assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(expected));
    assertThat(broadcast.subscribers()).isZero();
  }

  /** Publishes some events; returns what a subscriber's body has to be. */
  private static String publish(Broadcast broadcast, int events) {
    var expected = new StringBuilder(":\n\n");
    for (int i = 0; i < events; i++) {
      broadcast.publish(Event.of("event " + i));
      expected.append("data: event ").append(i).append("\n\n");
    }
    return expected.toString();
  }

  private static void subscribe(Broadcast broadcast, OutputStream out) {
    try {
      SseTest.write(Sse.events(broadcast), out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void publish_fullQueue_dropsTheOldest() throws Exception {
    var broadcast = new Broadcast(2, Overflow.DROP_OLDEST);
    assertThat(afterOverflow(broadcast)).isEqualTo(":\n\ndata: 2\n\ndata: 3\n\n");
  }

  @Test
  void publish_fullQueue_disconnects() {
    var broadcast = new Broadcast(2, Overflow.DISCONNECT);
    assertThatThrownBy(() -> afterOverflow(broadcast))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("at most 2 events behind");
    assertThat(broadcast.subscribers()).isZero();
  }

  private static String afterOverflow(Broadcast broadcast) throws IOException {
    var body = new ByteArrayOutputStream();
    EventHandler handler =
        events -> {
          try (var subscription = broadcast.subscribe()) {
            for (int i = 0; i < 4; i++) {
              broadcast.publish(Event.of(String.valueOf(i)));
            }
            assertThat(subscription.dropped()).isPositive();
            broadcast.close();
            subscription.sendAll(events);
          }
        };
    SseTest.write(Sse.events(handler), body);
    return body.toString(StandardCharsets.UTF_8);
  }

  /** Its client takes nothing: the write would otherwise wait for the server's stall timeout. */
  @Test
  void publish_fullQueueOfAStalledClient_endsItsWrite() throws Exception {
    var broadcast = new Broadcast(2, Overflow.DISCONNECT);
    var stalled = new Stalled();
    var end = new CompletableFuture<String>();
    Thread subscriber = Thread.startVirtualThread(() -> end.complete(failure(broadcast, stalled)));
    while (broadcast.subscribers() == 0) {
      Thread.onSpinWait();
    }
    broadcast.publish(Event.of("x"));
    assertThat(stalled.writing.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 3; i++) {
      broadcast.publish(Event.of("y"));
    }
    assertThat(end.get(30, TimeUnit.SECONDS)).contains("at most 2 events behind");
    subscriber.join();
  }

  private static String failure(Broadcast broadcast, OutputStream out) {
    try {
      SseTest.write(Sse.events(broadcast), out);
      return "none";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Waits in each write behind the opening comment, as for a client that reads nothing. */
  private static final class Stalled extends OutputStream {
    final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void write(int b) {
      throw new AssertionError("expected whole events");
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      if (bytes[0] == ':') {
        return;
      }
      writing.countDown();
      try {
        never.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while waiting for the client");
      }
    }
  }

  @Test
  void subscribe_afterClose_endsAtOnce() throws Exception {
    var broadcast = new Broadcast(1, Overflow.DROP_OLDEST);
    broadcast.close();
    var body = new ByteArrayOutputStream();
    SseTest.write(Sse.events(broadcast), body);
    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(":\n\n");
  }
}
