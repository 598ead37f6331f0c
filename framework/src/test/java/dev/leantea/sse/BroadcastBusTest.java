package dev.leantea.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.leantea.bus.Bus;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.sse.Broadcast.Overflow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two broadcasts stand for two instances. */
class BroadcastBusTest {
  private final Bus bus = Bus.inMemory(3);
  private final Broadcast here = new Broadcast(10, Overflow.DISCONNECT, bus, "news");
  private final Broadcast there = new Broadcast(10, Overflow.DISCONNECT, bus, "news");

  @AfterEach
  void close() {
    here.close();
    there.close();
    bus.close();
  }

  private static Request request(String lastEventId) {
    Request request = Request.of(Method.GET, "/news");
    return lastEventId.isEmpty() ? request : request.withHeader("Last-Event-ID", lastEventId);
  }

  /** What a client receives until its instance ends. */
  private static String stream(Broadcast broadcast, EventHandler handler) throws IOException {
    var body = new ByteArrayOutputStream();
    broadcast.close();
    SseTest.write(Sse.events(handler), body);
    return body.toString(StandardCharsets.UTF_8).replaceFirst("^:\n\n", "");
  }

  private void publish(int first, int last) {
    for (int i = first; i <= last; i++) {
      here.publish(Event.of("" + i));
    }
  }

  @Test
  void publish_reachesTheOtherInstance_andFirstSaysWhereTheClientBegins() throws Exception {
    publish(1, 2);
    EventHandler client =
        events -> {
          try (Broadcast.Subscription subscription = there.subscribe()) {
            publish(3, 4);
            there.close();
            subscription.sendAll(events);
          }
        };
    var body = new ByteArrayOutputStream();
    SseTest.write(Sse.events(client), body);
    assertThat(body.toString(StandardCharsets.UTF_8))
        .isEqualTo(":\n\nid: 2\n\nid: 3\ndata: 3\n\nid: 4\ndata: 4\n\n");
  }

  @Test
  void resume_onTheOtherInstance_sendsWhatTheClientHasNotSeen() throws Exception {
    publish(1, 4);
    assertThat(stream(there, there.resume(request("2"))))
        .isEqualTo("id: 3\ndata: 3\n\nid: 4\ndata: 4\n\n");
    assertThat(stream(here, here.resume(request("4")))).isEmpty();
  }

  @Test
  void resume_ofMoreThanIsRetained_saysThatEventsWereMissed() throws Exception {
    publish(1, 5);
    assertThat(stream(there, there.resume(request("1"))))
        .isEqualTo(
            "event: missed\ndata: 1\n\nid: 3\ndata: 3\n\nid: 4\ndata: 4\n\nid: 5\ndata: 5\n\n");
  }

  @Test
  void resume_onAnInstanceThatStartedLater_hasWhatTheBusRetained() throws Exception {
    publish(1, 3);
    try (var late = new Broadcast(10, Overflow.DISCONNECT, bus, "news")) {
      assertThat(stream(late, late.resume(request("2")))).isEqualTo("id: 3\ndata: 3\n\n");
    }
  }

  @Test
  void resume_withoutAnIdOfTheBus_beginsNow() throws Exception {
    publish(1, 2);
    for (String id : new String[] {"", "x", "-1", "99999999999999999999"}) {
      assertThat(stream(there, there.resume(request(id)))).isEqualTo("id: 2\n\n");
    }
  }

  /** A client may be behind by what was retained and by its capacity. */
  @Test
  void resume_doesNotOverflowByWhatWasRetained() throws Exception {
    publish(1, 3);
    try (var narrow = new Broadcast(1, Overflow.DISCONNECT, bus, "news")) {
      assertThat(stream(narrow, narrow.resume(request("0")))).contains("data: 1", "data: 3");
    }
  }

  @Test
  void droppedEvents_areSaidToBeMissed() throws Exception {
    var narrow = new Broadcast(1, Overflow.DROP_OLDEST, bus, "news");
    EventHandler client =
        events -> {
          try (Broadcast.Subscription subscription = narrow.subscribe()) {
            publish(1, 3);
            narrow.close();
            subscription.sendAll(events);
          }
        };
    var body = new ByteArrayOutputStream();
    SseTest.write(Sse.events(client), body);
    assertThat(body.toString(StandardCharsets.UTF_8))
        .isEqualTo(":\n\nid: 0\n\nevent: missed\ndata: 0\n\nid: 3\ndata: 3\n\n");
  }

  @Test
  void publish_refusesAnIdOfTheApplication() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> here.publish(Event.of("x").id("7")))
        .withMessageContaining("the bus gives it one");
  }

  @Test
  void resume_withoutABus_isTheBroadcastItself() throws Exception {
    try (var local = new Broadcast(10, Overflow.DISCONNECT)) {
      assertThat(local.resume(request("2"))).isSameAs(local);
    }
  }
}
