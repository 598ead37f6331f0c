package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.reactor.HookedEngine.Hook;
import dev.leantea.reactor.Loop.EngineFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A loop ends only if its engine does. */
class LoopFailureTest {
  private static final ServerConfig LOOPBACK = ServerConfig.of(0).withHost("127.0.0.1");
  private static final Handler HANDLER = Handler.nonBlocking(_ -> Response.text(200, "ok"));

  private final List<HookedEngine> engines = new ArrayList<>();

  /** The lines of the log at ERROR, which java.util.logging calls SEVERE. */
  private static final class Errors extends java.util.logging.Handler implements AutoCloseable {
    final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.leantea");

    Errors() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().equals(Level.SEVERE)) {
        records.add(line);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }

  /** Starts a server with one loop, whose engine does this before each wait. */
  private Server start(Hook beforeWait) {
    EngineFactory factory = loop -> hooked(NioEngine.open(loop), beforeWait);
    return ReactorServer.start(LOOPBACK, HANDLER, 1, factory);
  }

  private HookedEngine hooked(Engine engine, Hook beforeWait) {
    engines.add(new HookedEngine(engine, beforeWait));
    return engines.getLast();
  }

  @Test
  void await_ioException_oneLineAndTheEngineIsClosed() throws Exception {
    Hook refused =
        () -> {
          throw new IOException("refused on purpose");
        };
    try (var errors = new Errors()) {
      start(refused).join();
      assertThat(errors.records).hasSize(1);
      assertThat(errors.records.getFirst().getMessage()).contains("leantea-loop-0 failed: ");
      assertThat(errors.records.getFirst().getThrown()).hasMessage("refused on purpose");
    }
    assertThat(engines.getFirst().closed()).isTrue();
  }

  @Test
  void await_errorsThatPass_loopServesOn() throws Exception {
    var left = new AtomicInteger(20);
    Hook atFirst =
        () -> {
          if (left.getAndDecrement() > 0) {
            throw new OutOfMemoryError("on purpose");
          }
        };
    try (var errors = new Errors();
        var server = start(atFirst);
        var client = new WireClient(server.port())) {
      assertThat(client.get("/").read().text()).isEqualTo("ok");
      assertThat(errors.records).hasSize(20);
    }
  }

  @Test
  void await_nothingButErrors_engineIsGivenUp() throws Exception {
    Hook always =
        () -> {
          throw new StackOverflowError("on purpose");
        };
    try (var errors = new Errors()) {
      start(always).join();
      Throwable last = errors.records.getLast().getThrown();
      assertThat(last).hasRootCauseInstanceOf(StackOverflowError.class);
      assertThat(errors.records.getLast().getMessage()).contains("leantea-loop-0 failed: ");
    }
    assertThat(engines.getFirst().closed()).isTrue();
  }

  @Test
  void start_errorInTheSecondLoop_closesTheFirst() {
    EngineFactory onlyOne =
        loop -> {
          if (!engines.isEmpty()) {
            throw new ExceptionInInitializerError("no second engine");
          }
          return hooked(NioEngine.open(loop), () -> {});
        };
    assertThatThrownBy(() -> ReactorServer.start(LOOPBACK, HANDLER, 2, onlyOne))
        .isInstanceOf(ExceptionInInitializerError.class);
    assertThat(engines.getFirst().closed()).isTrue();
  }
}
