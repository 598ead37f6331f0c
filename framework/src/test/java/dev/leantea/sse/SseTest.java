package dev.leantea.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Body;
import dev.leantea.http.DrainSignal;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SseTest {
  private static final String OPENED = ":\n\n";

  @Test
  void events_response_isAnEventStreamThatNobodyStores() {
    Response response = Sse.events(_ -> {});
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Content-Type")).contains("text/event-stream");
    assertThat(response.headers().first("Cache-Control")).contains("no-store");
  }

  @Test
  void events_cacheControlOfTheApplication_replacesOurs() {
    Response response = Sse.events(_ -> {}).header("Cache-Control", "no-cache");
    assertThat(response.headers().all("Cache-Control")).containsExactly("no-cache");
  }

  @Test
  void events_sent_areOnTheBody() throws IOException {
    var body = new ByteArrayOutputStream();
    write(Sse.events(events -> events.send("one")), body);
    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(OPENED + "data: one\n\n");
  }

  @Test
  void events_silence_sendsComments() throws IOException {
    var body = new Counting(3);
    write(Sse.events(Duration.ofMillis(1), _ -> body.reached.await()), body);
    assertThat(body.text()).startsWith(OPENED.repeat(3));
  }

  @Test
  void events_clientLeavesWhileTheHandlerWaits_interruptsIt() {
    var never = new CountDownLatch(1);
    Response response = Sse.events(Duration.ofMillis(1), _ -> never.await());
    assertThatThrownBy(() -> write(response, new Broken(1))).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted())
        .isTrue(); // set again for the caller, as for the handler's thread
  }

  @Test
  void send_clientGone_throws() {
    Response response = Sse.events(events -> events.send("x"));
    assertThatThrownBy(() -> write(response, new Broken(1))).hasMessage("gone");
  }

  @Test
  void send_closed_throws() {
    Response response =
        Sse.events(
            events -> {
              events.close();
              events.awaitClose();
              events.send("x");
            });
    assertThatThrownBy(() -> write(response, new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  /** A handler that ignores the exception must not gather suppressed ones in one object. */
  @Test
  void send_againAfterAFailure_throwsAnotherException() {
    var seen = new ArrayList<IOException>();
    EventHandler stubborn =
        events -> {
          for (int i = 0; i < 3; i++) {
            try {
              events.send("x");
            } catch (IOException e) {
              seen.add(e);
            }
          }
          events.awaitClose();
        };
    assertThatThrownBy(() -> write(Sse.events(stubborn), new Broken(1)))
        .isInstanceOf(IOException.class)
        .satisfies(e -> seen.add((IOException) e));
    assertThat(seen).hasSize(4).allSatisfy(e -> assertThat(e).hasMessageContaining("gone"));
    assertThat(Set.copyOf(seen)).hasSize(4);
  }

  @Test
  void drain_handlerWaits_isInterruptedAndTheStreamEndsProperly() throws Exception {
    var body = new Draining();
    var never = new CountDownLatch(1);
    write(
        Sse.events(
            events -> {
              events.send("before");
              body.drain();
              never.await();
            }),
        body);
    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(OPENED + "data: before\n\n");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void drain_handlerWrapsItsInterrupt_theStreamEndsProperly() throws Exception {
    var body = new Draining();
    var never = new CountDownLatch(1);
    write(
        Sse.events(
            _ -> {
              body.drain();
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException("of the application", e);
              }
            }),
        body);
    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(OPENED);
  }

  @Test
  void drain_handlerFails_isThrown() {
    var body = new Draining();
    Response events =
        Sse.events(
            _ -> {
              body.drain();
              throw new IllegalStateException("of the application");
            });
    assertThatThrownBy(() -> write(events, body)).hasMessage("of the application");
  }

  @Test
  void drain_handlerSends_sendThrowsAndTheStreamEndsProperly() throws Exception {
    var body = new Draining();
    var refusal = new AtomicReference<String>("");
    write(
        Sse.events(
            events -> {
              body.drain();
              var _ = Thread.interrupted(); // ignores it
              try {
                events.send("after");
              } catch (IOException e) {
                refusal.set(String.valueOf(e.getMessage()));
                throw e;
              }
            }),
        body);
    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(OPENED);
    assertThat(refusal.get()).contains("closing down");
  }

  @Test
  void drain_eventIsBeingSent_isWholeAndThenTheHandlerIsInterrupted() throws Exception {
    var body = new Draining();
    var never = new CountDownLatch(1);
    body.drainInTheMiddleOf("data: long");
    write(
        Sse.events(
            events -> {
              events.send("long");
              never.await();
            }),
        body);
    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(OPENED + "data: long\n\n");
  }

  @Test
  void drain_broadcast_endsItsStreams() throws Exception {
    var body = new Draining();
    var broadcast = new Broadcast(1, Broadcast.Overflow.DROP_OLDEST);
    EventHandler handler =
        events -> {
          body.drain();
          broadcast.handle(events);
        };
    write(Sse.events(handler), body);
    assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(OPENED);
    assertThat(broadcast.subscribers()).isZero();
  }

  @Test
  void lastEventId_isUtf8() {
    String latin1 =
        new String("x-ü-€".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    Request request = Request.of(Method.GET, "/").withHeader("Last-Event-ID", latin1);
    assertThat(Sse.lastEventId(request)).contains("x-ü-€");
  }

  @Test
  void lastEventId_isTheHeader() {
    Request request = Request.of(Method.GET, "/").withHeader("Last-Event-ID", "7");
    assertThat(Sse.lastEventId(request)).contains("7");
    assertThat(Sse.lastEventId(Request.of(Method.GET, "/"))).isEmpty();
  }

  static void write(Response response, OutputStream out) throws IOException {
    try {
      ((Body.Stream) response.body()).writer().writeTo(out);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A body whose server can be made to drain. */
  private static final class Draining extends ByteArrayOutputStream implements DrainSignal {
    private final List<Runnable> actions = new ArrayList<>();
    private String middle = "none";

    @Override
    public void onDrain(Runnable action) {
      actions.add(action);
    }

    void drain() {
      actions.forEach(Runnable::run);
    }

    void drainInTheMiddleOf(String text) {
      middle = text;
    }

    @Override
    public void write(byte[] bytes) {
      if (new String(bytes, StandardCharsets.UTF_8).startsWith(middle)) {
        drain();
      }
      writeBytes(bytes);
    }
  }

  /** Tells when it was flushed so often. */
  private static final class Counting extends ByteArrayOutputStream {
    final CountDownLatch reached;

    Counting(int flushes) {
      reached = new CountDownLatch(flushes);
    }

    String text() {
      return toString(StandardCharsets.UTF_8);
    }

    @Override
    public void flush() {
      reached.countDown();
    }
  }

  /** Fails after so many flushes. */
  private static final class Broken extends OutputStream {
    private int left;

    Broken(int flushes) {
      left = flushes;
    }

    @Override
    public void write(int b) {}

    @Override
    public synchronized void flush() throws IOException {
      if (left-- == 0) {
        throw new IOException("gone");
      }
    }
  }
}
