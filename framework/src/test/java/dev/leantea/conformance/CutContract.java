package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of handlers that still run at the drain timeout. */
@Timeout(120) // reached only when something hangs
public abstract class CutContract extends ServerContract {
  private static final Limits IMPATIENT = Limits.DEFAULTS.withDrainTimeout(Duration.ofMillis(100));

  /** A handler that waits for what never comes, and reports an interrupt. */
  private static final class Waiting implements Handler {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public Response handle(Request request) throws InterruptedException {
      await();
      return Response.empty(204);
    }

    void await() throws InterruptedException {
      entered.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }
  }

  @Test
  void blockingHandler_waits_isInterrupted() throws Exception {
    var waiting = new Waiting();
    requireInterrupted(waiting, waiting);
  }

  @Test
  void nonBlockingHandler_waits_isInterrupted() throws Exception {
    var waiting = new Waiting();
    requireInterrupted(Handler.nonBlocking(waiting), waiting);
  }

  @Test
  void streamingHandler_waits_isInterrupted() throws Exception {
    var waiting = new Waiting();
    requireInterrupted(_ -> Response.stream(200, MediaType.TEXT, _ -> waiting.await()), waiting);
  }

  private void requireInterrupted(Handler handler, Waiting waiting) throws Exception {
    Server server = serve(handler, IMPATIENT);
    try (var client = new WireClient(server.port());
        var idle = new WireClient(server.port())) {
      client.get("/");
      waiting.entered.await();
      server.close();
      waiting.interrupted.await();
      idle.awaitEnd();
      assertThat(server.connections()).isZero();
    }
  }

  /** What a handler does that ends when it likes. */
  enum Stubborn {
    SPINS {
      @Override
      void run(CountDownLatch released) {
        while (released.getCount() > 0) {
          Thread.onSpinWait();
        }
      }
    },
    YIELDS {
      @Override
      @SuppressWarnings("ThreadPriorityCheck") // the worst that it may do
      void run(CountDownLatch released) {
        while (released.getCount() > 0) {
          Thread.yield();
        }
      }
    },
    WAITS_AGAIN {
      @Override
      void run(CountDownLatch released) {
        while (released.getCount() > 0) {
          try {
            released.await();
          } catch (InterruptedException e) {
            // the fault that the test is about
          }
        }
      }
    };

    abstract void run(CountDownLatch released);
  }

  @ParameterizedTest
  @EnumSource
  void blockingHandler_ignoresItsInterrupt_isLoggedAndLeftBehind(Stubborn kind) throws Exception {
    var entered = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Handler handler = _ -> run(kind, entered, released, ended);
    requireLeftBehind(handler, entered, released, ended);
  }

  @ParameterizedTest
  @EnumSource
  void nonBlockingHandler_ignoresItsInterrupt_isLoggedAndLeftBehind(Stubborn kind)
      throws Exception {
    var entered = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Handler handler = Handler.nonBlocking(_ -> run(kind, entered, released, ended));
    requireLeftBehind(handler, entered, released, ended);
  }

  private static Response run(
      Stubborn kind, CountDownLatch entered, CountDownLatch released, CountDownLatch ended) {
    entered.countDown();
    kind.run(released);
    ended.countDown();
    return Response.empty(204);
  }

  private void requireLeftBehind(
      Handler handler, CountDownLatch entered, CountDownLatch released, CountDownLatch ended)
      throws Exception {
    Server server = serve(handler, IMPATIENT);
    try (var log = new RecordedLog();
        var client = new WireClient(server.port())) {
      client.get("/");
      entered.await();
      server.close();
      assertThat(ended.getCount()).as("the handler still runs").isEqualTo(1);
      assertThatThrownBy(() -> new WireClient(server.port())).isInstanceOf(IOException.class);
      assertThat(log.messagesWithStackOf(CutContract.class))
          .filteredOn(message -> message.contains("did not end"))
          .hasSize(1);
    } finally {
      released.countDown();
    }
    ended.await(); // and can still end
  }
}
