package dev.leantea.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CarriedHandlersTest {
  @Test
  void start_handlersThatDoNotWait_shareAThreadAndNothingElse() throws Exception {
    var local = new ThreadLocal<String>();
    var threads = new ArrayList<Thread>();
    var found = new ArrayList<String>();
    Runnable handler =
        () -> {
          threads.add(Thread.currentThread());
          found.add(found(local));
        };
    try (var loop = new TestLoop()) {
      var done = new CountDownLatch(1);
      loop.execute(
          () -> {
            loop.carrier.start(handler);
            loop.carrier.start(handler);
            loop.carrier.start(done::countDown);
          });
      done.await();
    }
    assertThat(found).containsExactly("null false handler", "null false handler");
    assertThat(threads.getLast()).isSameAs(threads.getFirst());
  }

  /** What a handler finds, and then changes. */
  private static String found(ThreadLocal<String> local) {
    Thread current = Thread.currentThread();
    String found = local.get() + " " + current.isInterrupted() + " " + current.getName();
    local.set("left behind");
    current.setName("renamed");
    current.interrupt();
    return found;
  }

  /** What has not begun goes on by another thread, before the loop does. */
  @Test
  void start_handlersThatWait_haveAThreadEachAndBeginBeforeTheLoopGoesOn() throws Exception {
    var order = new ArrayList<String>(); // of the platform thread
    var threads = new ArrayList<Thread>();
    var release = new CountDownLatch(1);
    var seen = new CompletableFuture<List<String>>();
    try (var loop = new TestLoop()) {
      loop.execute(
          () -> {
            loop.carrier.start(() -> enter("handler 0", order, threads, release));
            loop.carrier.start(() -> enter("handler 1", order, threads, release));
            loop.carrier.start(() -> enter("handler 2", order, threads, release));
            loop.carrier.runOthers();
            order.add("loop");
            seen.complete(List.copyOf(order));
          });
      assertThat(seen.get()).containsExactly("handler 0", "handler 1", "handler 2", "loop");
      release.countDown();
    }
    assertThat(threads).hasSize(3).doesNotHaveDuplicates();
  }

  private static void enter(
      String name, List<String> order, List<Thread> threads, CountDownLatch release) {
    order.add(name);
    threads.add(Thread.currentThread());
    await(release);
  }

  @Test
  void start_handlerFails_theOthersBegin() throws Exception {
    try (var loop = new TestLoop()) {
      var done = new CountDownLatch(1);
      loop.execute(
          () -> {
            loop.carrier.start(
                () -> {
                  Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                  throw new IllegalStateException("for a test");
                });
            loop.carrier.start(done::countDown);
          });
      assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** Handlers that have not begun when their loop ends are as good as any other. */
  @Test
  void start_loopEndsBeforeTheyBegin_areRunBeside() throws Exception {
    var ran = new CountDownLatch(2);
    var loop = new TestLoop();
    loop.execute(
        () -> {
          loop.end();
          loop.carrier.start(ran::countDown);
          loop.carrier.start(ran::countDown);
        });
    loop.carrier.join();
    assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
