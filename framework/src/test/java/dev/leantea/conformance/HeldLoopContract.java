package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A loop that a handler holds is reported, with the handler in the stack. */
public abstract class HeldLoopContract extends ServerContract {
  private static final Duration LIMIT = Duration.ofMillis(250);

  /**
   * Takes the watchdog's lines about {@link Holder} out of the log; the first one opens the latch.
   * An idle loop that the machine gave no time may have a line too.
   */
  private static final class Lines extends java.util.logging.Handler implements AutoCloseable {
    final CountDownLatch told = new CountDownLatch(1);
    final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.leantea");

    Lines() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getMessage().contains("is held for") && isAboutHolder(line)) {
        records.add(line);
        told.countDown();
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

  /** Holds its thread, one way or the other, until the line is in the log. */
  private record Holder(CountDownLatch told) {
    Response sleeping() throws InterruptedException {
      told.await();
      return Response.text(200, "woken");
    }

    Response computing() {
      while (told.getCount() > 0) {
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
    try (var lines = new Lines()) {
      var holder = new Holder(lines.told);
      assertThat(answer(nonBlocking(_ -> holder.sleeping()))).isEqualTo("woken");
      requireOne(lines, "sleeping");
    }
  }

  @Test
  void handlerOnItsVirtualThread_computes_oneLineIfItsLoopCarriesIt() throws Exception {
    if (CarriedThreads.available()) {
      computingHoldsTheLoop();
    } else {
      computingHoldsNobody();
    }
  }

  private void computingHoldsTheLoop() throws Exception {
    try (var lines = new Lines()) {
      var holder = new Holder(lines.told);
      assertThat(answer(_ -> holder.computing())).isEqualTo("computed");
      requireOne(lines, "computing");
    }
  }

  /** On an ordinary virtual thread: the loop serves others meanwhile. */
  private void computingHoldsNobody() throws Exception {
    var answered = new CountDownLatch(1);
    var holder = new Holder(answered);
    Handler routes =
        Router.builder()
            .get("/compute", _ -> holder.computing())
            .get("/other", nonBlocking(_ -> Response.text(200, "served")))
            .build();
    try (var lines = new Lines();
        Server server = serve(routes, Limits.DEFAULTS);
        var client = new WireClient(server.port());
        var other = new WireClient(server.port())) {
      client.get("/compute");
      assertThat(other.get("/other").read().text()).isEqualTo("served");
      answered.countDown();
      assertThat(client.read().text()).isEqualTo("computed");
      assertThat(lines.records).isEmpty();
    }
  }

  /**
   * What belongs to the loop runs on the loop, and on no virtual thread that it carries: that one
   * could be made to wait in the middle, and the loop would go on with others.
   */
  @Test
  void resolve_ofARequestBehindABlockingOne_isOnTheLoopItself() throws Exception {
    List<Boolean> virtual = new CopyOnWriteArrayList<>();
    var handler =
        new Handler() {
          @Override
          public Handler resolve(Request request) {
            virtual.add(Thread.currentThread().isVirtual());
            return this;
          }

          @Override
          public Response handle(Request request) {
            return Response.text(200, "virtual: " + Thread.currentThread().isVirtual());
          }
        };
    try (Server server = serve(handler, Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      String get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
      client.send(get.repeat(3));
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().text()).isEqualTo("virtual: true");
      }
      assertThat(virtual).containsExactly(false, false, false);
    }
  }

  /** The handler has answered when the server is closed, so there is no line to come. */
  private String answer(Handler handler) throws Exception {
    try (Server server = serve(handler, Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      return client.get("/").read().text();
    }
  }

  private static void requireOne(Lines lines, String method) {
    assertThat(lines.records).hasSize(1);
    LogRecord line = lines.records.getFirst();
    assertThat(line.getMessage().toLowerCase(Locale.ROOT))
        .contains("loop")
        .contains("(limit 250 ms)")
        .contains("nonblocking");
    assertThat(line.getThrown().getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(Holder.class.getName())
                    && frame.getMethodName().equals(method));
  }
}
