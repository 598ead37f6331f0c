package dev.leantea.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.sse.Broadcast.Overflow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  @Test
  void subscribe_afterClose_endsAtOnce() throws Exception {
    var broadcast = new Broadcast(1, Overflow.DROP_OLDEST);
    broadcast.close();
    var body = new ByteArrayOutputStream();
    SseTest.write(Sse.events(broadcast), body);
    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(":\n\n");
  }
}
