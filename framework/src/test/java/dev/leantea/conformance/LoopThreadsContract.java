package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.loop.CarriedThreads;
import dev.leantea.net.LoopThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads of a handler's loop, on backends with loops and without. */
@Timeout(60)
public abstract class LoopThreadsContract extends ServerContract {
  private static final String JDK = "ForkJoinPool";
  private static final int MAX_TRIES = 10;
  private static final long SPIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private boolean carries() {
    return !backend().startsWith("blocking") && CarriedThreads.available();
  }

  /** The platform thread that runs the caller. */
  private static String carrier() {
    return Thread.currentThread().toString().replaceFirst(".*@", "");
  }

  private static <T> FutureTask<T> start(ThreadFactory factory, Callable<T> task) {
    var running = new FutureTask<>(task);
    factory.newThread(running).start();
    return running;
  }

  private void assertWhere(String seen, String handler) {
    if (carries()) {
      assertThat(seen).isEqualTo(handler).contains("-loop-");
    } else {
      assertThat(seen).startsWith(JDK);
    }
  }

  /** Has a handler of a server of its own run a task. */
  private <T> T inHandler(Callable<T> task) throws Exception {
    var seen = new FutureTask<>(task);
    Handler handler =
        _ -> {
          seen.run();
          return Response.empty(204);
        };
    try (Server server = serve(handler, Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      assertThat(client.get("/").read().status()).isEqualTo(204);
    }
    return seen.get();
  }

  /**
   * Where threads ran.
   *
   * @param handler that which the handler's thread ran on
   * @param thread that which the thread ran on that it made
   */
  private record Places(String handler, String thread) {}

  @Test
  void thread_ofAHandler_runsOnItsLoop() throws Exception {
    Places places =
        inHandler(
            () -> {
              String handler = carrier();
              var thread = start(LoopThreads.factory(), LoopThreadsContract::carrier);
              return new Places(handler, thread.get());
            });
    assertWhere(places.thread, places.handler);
  }

  @Test
  void thread_ofANonBlockingHandler_runsOnItsLoop() throws Exception {
    var places = new CompletableFuture<Places>();
    Handler handler =
        nonBlocking(
            _ -> {
              String mine = carrier();
              Runnable task = () -> places.complete(new Places(mine, carrier()));
              LoopThreads.factory().newThread(task).start();
              return Response.empty(204);
            });
    try (Server server = serve(handler, Limits.DEFAULTS);
        var client = new WireClient(server.port())) {
      assertThat(client.get("/").read().status()).isEqualTo(204);
      assertWhere(places.get().thread, places.get().handler);
    }
  }

  /** A loop that is held, by the loading of classes for instance, lets its threads go elsewhere. */
  @Test
  void thread_wokenByAnother_goesOnOnItsLoop() throws Exception {
    Places places = inHandler(LoopThreadsContract::placesAfterAWait);
    for (int i = 0; i < MAX_TRIES && carries() && !places.thread.equals(places.handler); i++) {
      places = inHandler(LoopThreadsContract::placesAfterAWait);
    }
    assertWhere(places.thread, places.handler);
  }

  private static Places placesAfterAWait() throws Exception {
    String handler = carrier();
    Callable<String> task =
        () -> {
          start(Thread.ofPlatform().factory(), () -> "awake").get();
          return carrier();
        };
    return new Places(handler, start(LoopThreads.factory(), task).get());
  }

  @Test
  void thread_ofSuchAThread_runsOnTheSameLoopIfItAsksForThat() throws Exception {
    Callable<String> asking = () -> start(LoopThreads.factory(), () -> carrier()).get();
    Callable<String> ordinary = () -> start(Thread.ofVirtual().factory(), () -> carrier()).get();
    Places places =
        inHandler(() -> new Places(carrier(), start(LoopThreads.factory(), asking).get()));
    assertWhere(places.thread, places.handler);
    assertThat(inHandler(() -> start(LoopThreads.factory(), ordinary).get())).startsWith(JDK);
  }

  @Test
  void factory_ofAnyOtherThread_makesOrdinaryThreads() throws Exception {
    ThreadFactory mine = LoopThreads.factory();
    assertThat(start(mine, LoopThreadsContract::carrier).get()).startsWith(JDK);
    Callable<ThreadFactory> asked = LoopThreads::factory;
    ThreadFactory others = inHandler(() -> start(Thread.ofVirtual().factory(), asked).get());
    assertThat(start(others, LoopThreadsContract::carrier).get()).startsWith(JDK);
  }

  @Test
  void server_hasClosed_threadsGoOnAndStartOnTheJdksScheduler() throws Exception {
    var closed = new CountDownLatch(1);
    var waiting = new CompletableFuture<String>();
    var later = new FutureTask<>(LoopThreadsContract::carrier);
    var unstarted = new CompletableFuture<Thread>();
    ThreadFactory kept =
        inHandler(
            () -> {
              ThreadFactory factory = LoopThreads.factory();
              factory.newThread(() -> waiting.complete(carrierOnce(closed))).start();
              unstarted.complete(factory.newThread(later));
              return factory;
            });
    closed.countDown();
    assertThat(waiting.get()).startsWith(JDK);
    unstarted.get().start();
    assertThat(later.get()).startsWith(JDK);
    assertThat(start(kept, LoopThreadsContract::carrier).get()).startsWith(JDK);
  }

  private static String carrierOnce(CountDownLatch opened) {
    try {
      opened.await();
      return carrier();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thread_thatHoldsItsLoop_goesOnBesideIt() throws Exception {
    String seen =
        inHandler(() -> start(LoopThreads.factory(), LoopThreadsContract::computeUntilMoved).get());
    assertThat(seen).startsWith(JDK);
  }

  @SuppressWarnings("ThreadPriorityCheck") // where it goes on is the question
  private static String computeUntilMoved() {
    while (!carrier().startsWith(JDK)) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      }
      Thread.yield();
    }
    return carrier();
  }
}
