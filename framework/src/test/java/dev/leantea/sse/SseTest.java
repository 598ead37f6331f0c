package dev.leantea.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Body;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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
    assertThat(Thread.interrupted()).isTrue(); // told upwards, as the handler's thread was
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
    public void write(int octet) {}

    @Override
    public synchronized void flush() throws IOException {
      if (left-- == 0) {
        throw new IOException("gone");
      }
    }
  }
}
