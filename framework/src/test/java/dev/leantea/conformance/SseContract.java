package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Event;
import dev.leantea.sse.Events;
import dev.leantea.sse.Sse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Server-sent events through real sockets. */
public abstract class SseContract extends ServerContract {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final int SUBSCRIBERS = 200;
  private static final int EVENTS = 50;

  private final HttpClient http = TestTls.http().build();
  private final Semaphore gate = new Semaphore(0);
  private final CompletableFuture<String> quietEnd = new CompletableFuture<>();
  private final CompletableFuture<String> busyEnd = new CompletableFuture<>();
  private final CountDownLatch refused = new CountDownLatch(100);
  private final AtomicBoolean released = new AtomicBoolean();
  private final Broadcast broadcast = new Broadcast(EVENTS, Broadcast.Overflow.DISCONNECT);

  @AfterAll
  void closeClient() {
    http.shutdownNow();
  }

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/gated", _ -> Sse.events(this::gated))
        .get("/quiet", _ -> Sse.events(SHORT, this::quiet))
        .get("/busy", _ -> Sse.events(this::busy))
        .get("/last", request -> Sse.events(e -> e.send(Sse.lastEventId(request).orElse("none"))))
        .get("/stubborn", _ -> Sse.events(this::stubborn))
        .get("/broadcast", _ -> Sse.events(broadcast))
        .get("/health", _ -> Response.text(200, "ok"))
        .build();
  }

  /** A sender that waits for a client that left learns of it at this limit at the latest. */
  @Override
  protected Limits limits() {
    return Limits.DEFAULTS.withStallTimeout(Duration.ofSeconds(5));
  }

  private void gated(Events events) throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      gate.acquire();
      events.send(Event.EMPTY.event("tick").id(String.valueOf(i)).data("a\nb"));
    }
  }

  /** Has nothing to send, ever. */
  private void quiet(Events events) throws IOException, InterruptedException {
    try {
      events.send("hello");
      new CountDownLatch(1).await();
    } catch (InterruptedException | IOException e) {
      quietEnd.complete(e.getClass().getSimpleName());
      throw e;
    }
  }

  /** Sends without a break. */
  private void busy(Events events) throws IOException {
    try {
      while (true) {
        events.send("x".repeat(1000));
      }
    } catch (IOException e) {
      busyEnd.complete("threw");
      throw e;
    }
  }

  /** Goes on when its client has left, and looks at nothing else. */
  private void stubborn(Events events) {
    while (!released.get()) {
      try {
        events.send("x".repeat(1000));
      } catch (IOException e) {
        refused.countDown();
      }
    }
  }

  @Test
  void send_writerIgnoresThatItsClientLeft_othersAreServed() throws Exception {
    try (WireClient client = connect()) {
      client.get("/stubborn");
      client.readHead(200);
      client.chunks().readNBytes(4);
      client.reset();
      assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        try (WireClient other = connect()) { // some of them on the loop of the stubborn one
          assertThat(other.get("/health").read().text()).isEqualTo("ok");
        }
      }
    } finally {
      released.set(true);
    }
  }

  @Test
  void events_oneByOne_reachTheClient() throws Exception {
    HttpResponse<Stream<String>> response = open("/gated");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    Iterator<String> lines = withoutComments(response.body());
    for (int i = 0; i < 3; i++) {
      gate.release();
      assertThat(next(lines, 5))
          .containsExactly("event: tick", "id: " + i, "data: a", "data: b", "");
    }
    assertThat(lines.hasNext()).isFalse(); // the stream ended in good order
  }

  @Test
  void events_quiet_beatsAndNoticesThatTheClientLeft() throws Exception {
    try (WireClient client = connect()) {
      client.get("/quiet");
      client.readHead(200);
      // The opening comment, the event, and a heartbeat, each a chunk.
      String expected = "3\r\n:\n\n\r\n" + "d\r\ndata: hello\n\n\r\n" + "3\r\n:\n\n\r\n";
      assertThat(client.readText(expected.length())).isEqualTo(expected);
      client.reset();
    }
    assertThat(quietEnd.get(30, TimeUnit.SECONDS)).isNotEmpty();
  }

  @Test
  void events_clientLeaves_sendThrows() throws Exception {
    try (WireClient client = connect()) {
      client.get("/busy");
      client.readHead(200);
      String first = ":\n\ndata: x"; // the sender has begun: it is not called for who left before
      client.chunks().readNBytes(first.length());
      client.reset();
    }
    assertThat(busyEnd.get(30, TimeUnit.SECONDS)).isEqualTo("threw");
  }

  @Test
  void lastEventId_isSeen() throws Exception {
    HttpRequest request = request("/last").header("Last-Event-ID", "41").build();
    Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body();
    assertThat(next(withoutComments(lines), 1)).containsExactly("data: 41");
  }

  @Test
  void lastEventId_isUtf8() throws IOException {
    try (WireClient client = connect()) {
      byte[] id = "x-ü-€".getBytes(StandardCharsets.UTF_8);
      client.send("GET /last HTTP/1.1\r\nHost: a\r\nLast-Event-ID: ").send(id).send("\r\n\r\n");
      client.readHead(200);
      byte[] expected = ":\n\ndata: x-ü-€\n\n".getBytes(StandardCharsets.UTF_8);
      assertThat(client.chunks().readNBytes(expected.length)).isEqualTo(expected);
    }
  }

  @Test
  void broadcast_allSubscribers_receiveAllInOrder() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<List<String>>>();
      for (int i = 0; i < SUBSCRIBERS; i++) {
        HttpClient.Version version =
            i % 3 == 0 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
        results.add(threads.submit(() -> subscribe(version)));
      }
      while (broadcast.subscribers() < SUBSCRIBERS) {
        Thread.onSpinWait();
      }
      var expected = new ArrayList<String>();
      for (int i = 0; i < EVENTS; i++) {
        broadcast.publish(Event.of("event " + i));
        expected.add("data: event " + i);
        expected.add("");
      }
      broadcast.close();
      for (Future<List<String>> result : results) {
        assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  /** One connection of HTTP/2 has at most 100 streams, and the JDK's client opens no second one. */
  private List<String> subscribe(HttpClient.Version version) throws Exception {
    var lines = new ArrayList<String>();
    HttpRequest request = request("/broadcast").version(version).build();
    withoutComments(http.send(request, BodyHandlers.ofLines()).body()).forEachRemaining(lines::add);
    return lines;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(TestTls.origin(port()) + path));
  }

  private HttpResponse<Stream<String>> open(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofLines());
  }

  /** Without the opening comment and the heartbeats: a colon and an empty line each. */
  private static Iterator<String> withoutComments(Stream<String> lines) {
    var comment = new AtomicBoolean();
    return lines
        .filter(
            line -> {
              boolean ofComment = comment.get() || line.equals(":");
              comment.set(line.equals(":"));
              return !ofComment;
            })
        .iterator();
  }

  private static List<String> next(Iterator<String> lines, int count) {
    var next = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      next.add(lines.next());
    }
    return next;
  }
}
