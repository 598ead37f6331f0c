package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.routing.Router;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A loop that does not go on is reported, with the handler that is to blame in the stack. */
public abstract class HeldLoopContract extends ServerContract {
  private static final Duration LIMIT = Duration.ofMillis(250);

  /**
   * Takes the watchdog's lines about {@link Holder} out of the log; the first one opens the latch.
   * An idle loop that the machine gave no time may have a line too.
   */
  private static final class Lines extends java.util.logging.Handler implements AutoCloseable {
    final CountDownLatch logged = new CountDownLatch(1);
    final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.leantea");

    Lines() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getMessage().contains(" ms (limit ") && isAboutHolder(line)) {
        records.add(line);
        logged.countDown();
      }
    }

    private static boolean isAboutHolder(LogRecord line) {
      return Stream.of(line.getThrown().getStackTrace())
          .anyMatch(frame -> frame.getClassName().equals(Holder.class.getName()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }

  /** Keeps its thread, one way or the other, until the line is in the log. */
  private record Holder(CountDownLatch logged) {
    Response sleeping() throws InterruptedException {
      logged.await();
      return Response.text(200, "woken");
    }

    Response computing() {
      while (logged.getCount() > 0) {
        Thread.onSpinWait();
      }
      return Response.text(200, "computed");
    }
  }

  @Override
  protected Server serve(Handler handler, Limits limits) {
    ServerConfig config = onLoopback().withLimits(limits).withHoldLimit(LIMIT);
    return Backends.named(backend()).serve(config, handler);
  }

  @Test
  void nonBlockingHandler_blocks_oneLineWithItsStack() throws Exception {
    if (!CarriedThreads.available()) {
      holdsNobody(holder -> nonBlocking(_ -> holder.sleeping()), "woken");
      return;
    }
    try (var lines = new Lines()) {
      var holder = new Holder(lines.logged);
      assertThat(answer(nonBlocking(_ -> holder.sleeping()))).isEqualTo("woken");
      requireOne(lines, "is blocked for", "sleeping");
    }
  }

  /** The loop waits, and its platform thread does not: another handler goes on. */
  @Test
  void nonBlockingHandler_blocksWhileOthersGoOn_isReportedAllTheSame() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a nonBlocking handler blocks no loop");
    try (var lines = new Lines()) {
      var holder = new Holder(lines.logged);
      Handler routes =
          Router.builder()
              .get("/sleep", nonBlocking(_ -> holder.sleeping()))
              .get("/pause", _ -> pausing(lines.logged))
              .build();
      try (Server server = serve(routes, Limits.DEFAULTS);
          var client = new WireClient(server.port());
          var other = new WireClient(server.port())) {
        other.get("/pause");
        client.get("/sleep");
        assertThat(client.read().text()).isEqualTo("woken");
        assertThat(other.read().text()).isEqualTo("paused");
      }
      requireOne(lines, "is blocked for", "sleeping");
    }
  }

  /** Keeps taking steps of its thread, short ones, until the line is in the log. */
  private static Response pausing(CountDownLatch logged) throws InterruptedException {
    while (!logged.await(1, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
    return Response.text(200, "paused");
  }

  @Test
  void handlerOnItsVirtualThread_computes_oneLineIfItsLoopCarriesIt() throws Exception {
    if (CarriedThreads.available()) {
      computingHoldsTheLoop();
    } else {
      holdsNobody(holder -> _ -> holder.computing(), "computed");
    }
  }

  private void computingHoldsTheLoop() throws Exception {
    try (var lines = new Lines()) {
      var holder = new Holder(lines.logged);
      assertThat(answer(_ -> holder.computing())).isEqualTo("computed");
      requireOne(lines, "is held for", "computing");
    }
  }

  /** On an ordinary virtual thread: the loop serves others meanwhile. */
  private void holdsNobody(Function<Holder, Handler> handler, String answer) throws Exception {
    var answered = new CountDownLatch(1);
    var holder = new Holder(answered);
    Handler routes =
        Router.builder()
            .get("/held", handler.apply(holder))
            .get("/other", nonBlocking(_ -> Response.text(200, "served")))
            .build();
    try (var lines = new Lines();
        Server server = serve(routes, Limits.DEFAULTS);
        var client = new WireClient(server.port());
        var other = new WireClient(server.port())) {
      client.get("/held");
      assertThat(other.get("/other").read().text()).isEqualTo("served");
      answered.countDown();
      assertThat(client.read().text()).isEqualTo(answer);
      assertThat(lines.records).isEmpty();
    }
  }

  /**
   * What belongs to the loop runs on the loop's own thread, and on no thread of a handler: that one
   * may be made to wait in the middle, and the loop would go on with others.
   */
  @Test
  void resolve_ofARequestBehindABlockingOne_isOnTheLoopItself() throws Exception {
    var threads = new Threads(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    try (Server server = serve(threads, Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      String get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
      client.send(get.repeat(3));
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().text()).isEqualTo("handled");
      }
    }
    assertThat(threads.resolved).hasSize(3).containsOnly(threads.resolved.getFirst());
    assertThat(threads.handled)
        .hasSize(3)
        .doesNotHaveDuplicates()
        .doesNotContain(threads.resolved.getFirst());
  }

  /** Which threads did what. */
  private record Threads(List<Thread> resolved, List<Thread> handled) implements Handler {
    @Override
    public Handler resolve(Request request) {
      resolved.add(Thread.currentThread());
      return this;
    }

    @Override
    public Response handle(Request request) {
      handled.add(Thread.currentThread());
      return Response.text(200, "handled");
    }
  }

  /** The handler has answered when the server is closed, so there is no line to come. */
  private String answer(Handler handler) throws Exception {
    try (Server server = serve(handler, Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      return client.get("/").read().text();
    }
  }

  private static void requireOne(Lines lines, String how, String method) {
    assertThat(lines.records).hasSize(1);
    LogRecord line = lines.records.getFirst();
    assertThat(line.getMessage().toLowerCase(Locale.ROOT))
        .contains("loop")
        .contains(how)
        .contains("(limit 250 ms)")
        .contains("nonblocking");
    assertThat(line.getThrown().getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(Holder.class.getName())
                    && frame.getMethodName().equals(method));
  }
}
