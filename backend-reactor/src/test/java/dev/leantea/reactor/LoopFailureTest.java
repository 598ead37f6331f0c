package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.reactor.Loop.EngineFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What becomes of a server when a loop fails with more than an exception. */
class LoopFailureTest {
  private static final ServerConfig LOOPBACK = ServerConfig.of(0).withHost("127.0.0.1");
  private static final Handler HANDLER = Handler.nonBlocking(_ -> Response.text(200, "ok"));

  /** The NIO engine, whose turns fail when it is told to. */
  private static final class Breaking implements Engine {
    private final Engine real;
    private final boolean broken;
    boolean closed;

    Breaking(Engine real, boolean broken) {
      this.real = real;
      this.broken = broken;
    }

    @Override
    public InetSocketAddress address() {
      return real.address();
    }

    @Override
    public void turn(long nanos) throws IOException {
      if (broken) {
        throw new StackOverflowError("broken on purpose");
      }
      real.turn(nanos);
    }

    @Override
    public void wakeup() {
      real.wakeup();
    }

    @Override
    public void resumeAccepting() {
      real.resumeAccepting();
    }

    @Override
    public void stopAccepting() {
      real.stopAccepting();
    }

    @Override
    public void close() {
      closed = true;
      real.close();
    }
  }

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

  @Test
  void run_error_oneLineAndTheEngineIsClosed() throws Exception {
    var engines = new ArrayList<Breaking>();
    EngineFactory broken =
        (loop, address) -> {
          engines.add(new Breaking(NioEngine.open(loop, address), true));
          return engines.getLast();
        };
    try (var errors = new Errors()) {
      ReactorServer.start(LOOPBACK, HANDLER, 1, broken).join();
      assertThat(errors.records).hasSize(1);
      assertThat(errors.records.getFirst().getMessage()).contains("leantea-loop-0 failed: ");
      assertThat(errors.records.getFirst().getThrown()).isInstanceOf(StackOverflowError.class);
    }
    assertThat(engines.getFirst().closed).isTrue();
  }

  @Test
  void start_errorInTheSecondLoop_closesTheFirst() {
    var engines = new ArrayList<Breaking>();
    EngineFactory onlyOne =
        (loop, address) -> {
          if (!engines.isEmpty()) {
            throw new ExceptionInInitializerError("no second engine");
          }
          engines.add(new Breaking(NioEngine.open(loop, address), false));
          return engines.getFirst();
        };
    assertThatThrownBy(() -> ReactorServer.start(LOOPBACK, HANDLER, 2, onlyOne))
        .isInstanceOf(ExceptionInInitializerError.class);
    assertThat(engines.getFirst().closed).isTrue();
  }
}
