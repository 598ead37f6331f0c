package dev.leantea.conformance;

import static dev.leantea.http.Handler.computing;
import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Server;
import dev.leantea.http.BodyWriter;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever computes on a loop is found, and keeps nobody waiting from then on. */
public abstract class NobodyPaysContract extends ServerContract {
  /** Enough that each loop has some. */
  private static final int CLIENTS = 16;

  /** A stay beside the loops is 32 s long in the last. */
  private static final int ROUNDS = 6;

  private static final long MAX_SPIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final AtomicInteger outlasted = new AtomicInteger();
  private volatile boolean spinning;

  /** Takes the lines on where handlers run. */
  private static final class Lines extends java.util.logging.Handler implements AutoCloseable {
    final LinkedBlockingQueue<String> beside = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> tried = new LinkedBlockingQueue<>();
    private final Logger logger = Logger.getLogger("dev.leantea");
    private final @Nullable Level level = logger.getLevel();

    Lines() {
      logger.setLevel(Level.FINE);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (!line.getMessage().startsWith("GET /spin/{id}: ")) {
        return; // a cold class of another route
      }
      String text = line.getLevel() + " " + line.getMessage();
      if (text.contains("beside the loops")) {
        beside.add(text);
      } else if (text.contains("tried on the event loops")) {
        tried.add(text);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setLevel(level);
    }
  }

  @BeforeEach
  void start() {
    spinning = true;
  }

  /** Computes until the test ends it; not for ever, for it may be on a loop that the test needs. */
  private Response spin() {
    long end = System.nanoTime() + MAX_SPIN_NANOS;
    while (spinning) {
      Thread.onSpinWait();
      if (System.nanoTime() - end >= 0) {
        outlasted.incrementAndGet();
        break;
      }
    }
    return Response.text(200, "spun");
  }

  private Handler routes(Handler spin) {
    return Router.builder()
        .get("/spin/{id}", spin)
        .get("/other", nonBlocking(_ -> Response.text(200, "served")))
        .build();
  }

  /**
   * Each loop answers while the handler spins. A stay beside the loops may have ended on a busy
   * machine: then the handler holds its loop once more, and the next stay is twice as long.
   */
  private void requireNobodyWaits(Server server) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      if (nobodyWaits(server)) {
        return;
      }
    }
    throw new AssertionError("expected all loops to answer while a handler computes");
  }

  private boolean nobodyWaits(Server server) throws IOException {
    List<WireClient> clients = new ArrayList<>();
    spinning = true;
    int before = outlasted.get();
    try (var spinner = new WireClient(server.port())) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new WireClient(server.port()));
      }
      spinner.get("/spin/2");
      for (WireClient client : clients) {
        assertThat(client.get("/other").read().text()).isEqualTo("served");
      }
      spinning = false;
      assertThat(spinner.read().body()).isNotEmpty();
      return outlasted.get() == before;
    } finally {
      spinning = false;
      for (WireClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void handlerDeclaredComputing_keepsNobodyWaiting() throws Exception {
    try (Server server = serve(routes(computing(_ -> spin())), Limits.DEFAULTS)) {
      requireNobodyWaits(server);
    }
  }

  /** Requests that compute, until one is seen to have held its loop. */
  private void hold(Server server, Lines lines) throws IOException {
    try (var client = new WireClient(server.port())) {
      while (lines.beside.isEmpty()) {
        spinning = true;
        assertThat(client.get("/spin/1").read().body()).isNotEmpty();
      }
    }
  }

  private void requireNobodyWaitsAfterAHold(Handler spin) throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a handler holds no loop");
    try (var lines = new Lines();
        Server server = serve(routes(spin), Limits.DEFAULTS)) {
      hold(server, lines);
      requireNobodyWaits(server);
    }
  }

  @Test
  void handlerThatHeldALoop_keepsNobodyWaitingTheNextTime() throws Exception {
    requireNobodyWaitsAfterAHold(_ -> spin());
  }

  @Test
  void nonBlockingHandlerThatHeldALoop_keepsNobodyWaitingTheNextTime() throws Exception {
    requireNobodyWaitsAfterAHold(nonBlocking(_ -> spin()));
  }

  /** The writer of a stream holds its loop, not the handler. */
  @Test
  void writerThatHeldALoop_keepsNobodyWaitingTheNextTime() throws Exception {
    BodyWriter writer = out -> out.write(spin().status());
    requireNobodyWaitsAfterAHold(
        nonBlocking(_ -> Response.stream(200, MediaType.OCTET_STREAM, writer)));
  }

  @Test
  void routeThatHeldALoop_isTriedOnTheLoopsAgain() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a handler holds no loop");
    try (var lines = new Lines();
        Server server = serve(routes(_ -> spin()), Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      hold(server, lines);
      assertThat(lines.beside.take()).startsWith("FINE ").contains("for 1 s");
      spinning = false;
      while (lines.tried.isEmpty()) {
        assertThat(client.get("/spin/1").read().text()).isEqualTo("spun");
      }
      assertThat(lines.tried.take()).startsWith("FINE ");
      hold(server, lines);
      assertThat(lines.beside.take()).startsWith("INFO ").contains("for 2 s");
    }
  }
}
