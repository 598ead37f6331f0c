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
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever computes on a loop is found, and keeps nobody waiting from then on. */
public abstract class NobodyPaysContract extends ServerContract {
  /** Enough that each loop has some. */
  private static final int CLIENTS = 16;

  private volatile boolean spinning;

  /** Takes the lines on where handlers run. */
  private static final class Lines extends java.util.logging.Handler implements AutoCloseable {
    final LinkedBlockingQueue<String> beside = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> tried = new LinkedBlockingQueue<>();
    private final Logger logger = Logger.getLogger("dev.leantea");

    Lines() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (!line.getMessage().startsWith("GET /spin/{id}: ")) {
        return; // a cold class of another route
      }
      if (line.getMessage().contains("beside the loops")) {
        beside.add(line.getMessage());
      } else if (line.getMessage().contains("tried on the event loops")) {
        tried.add(line.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }

  @BeforeEach
  void start() {
    spinning = true;
  }

  private Response spin() {
    while (spinning) {
      Thread.onSpinWait();
    }
    return Response.text(200, "spun");
  }

  private Handler routes(Handler spin) {
    return Router.builder()
        .get("/spin/{id}", spin)
        .get("/other", nonBlocking(_ -> Response.text(200, "served")))
        .build();
  }

  /** Each loop answers while the handler spins. */
  private void requireNobodyWaits(Server server) throws IOException {
    List<WireClient> clients = new ArrayList<>();
    try (var spinner = new WireClient(server.port())) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new WireClient(server.port()));
      }
      spinner.get("/spin/2");
      for (WireClient client : clients) {
        assertThat(client.get("/other").read().text()).isEqualTo("served");
      }
      spinning = false;
      assertThat(spinner.read().text()).isEqualTo("spun");
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

  @Test
  void handlerThatHeldALoop_keepsNobodyWaitingTheNextTime() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a handler holds no loop");
    try (var lines = new Lines();
        Server server = serve(routes(_ -> spin()), Limits.DEFAULTS);
        var first = new WireClient(server.port())) {
      first.get("/spin/1");
      assertThat(lines.beside.take()).startsWith("GET /spin/{id}: ");
      spinning = false;
      assertThat(first.read().text()).isEqualTo("spun");
      spinning = true;
      requireNobodyWaits(server);
      assertThat(lines.beside).isEmpty();
    }
  }

  @Test
  void nonBlockingHandlerThatHeldALoop_keepsNobodyWaitingTheNextTime() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a handler holds no loop");
    try (var lines = new Lines();
        Server server = serve(routes(nonBlocking(_ -> spin())), Limits.DEFAULTS)) {
      spinFor(server, lines);
      requireNobodyWaits(server);
    }
  }

  /** A nonBlocking handler's hold is noticed when it has ended; a starved machine may miss one. */
  private void spinFor(Server server, Lines lines) throws Exception {
    try (var client = new WireClient(server.port())) {
      for (int millis = 50; lines.beside.isEmpty(); millis *= 2) {
        spinning = true;
        client.get("/spin/1");
        Thread.sleep(millis); // how long the handler computes
        spinning = false;
        assertThat(client.read().text()).isEqualTo("spun");
      }
    }
    spinning = true;
  }

  /** The writer of a stream holds its loop, not the handler. */
  @Test
  void writerThatHeldALoop_keepsNobodyWaitingTheNextTime() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a writer holds no loop");
    BodyWriter writer = out -> out.write(spin().status());
    Handler handler = nonBlocking(_ -> Response.stream(200, MediaType.OCTET_STREAM, writer));
    try (var lines = new Lines();
        Server server = serve(routes(handler), Limits.DEFAULTS);
        var first = new WireClient(server.port());
        var spinner = new WireClient(server.port());
        var other = new WireClient(server.port())) {
      first.get("/spin/1");
      assertThat(lines.beside.take()).startsWith("GET /spin/{id}: ");
      spinning = false;
      assertThat(first.read().body()).hasSize(1);
      spinning = true;
      spinner.get("/spin/2");
      assertThat(other.get("/other").read().text()).isEqualTo("served");
      spinning = false;
      assertThat(spinner.read().body()).hasSize(1);
    } finally {
      spinning = false;
    }
  }

  @Test
  void routeThatHeldALoop_isTriedOnTheLoopsAgain() throws Exception {
    assumeTrue(CarriedThreads.available(), "without it a handler holds no loop");
    try (var lines = new Lines();
        Server server = serve(routes(_ -> spin()), Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      client.get("/spin/1");
      assertThat(lines.beside.take()).contains("for 1 s");
      spinning = false;
      assertThat(client.read().text()).isEqualTo("spun");
      while (lines.tried.isEmpty()) {
        assertThat(client.get("/spin/1").read().text()).isEqualTo("spun");
      }
      spinning = true;
      client.get("/spin/1");
      assertThat(lines.beside.take()).contains("for 2 s");
      spinning = false;
      assertThat(client.read().text()).isEqualTo("spun");
    }
  }
}
