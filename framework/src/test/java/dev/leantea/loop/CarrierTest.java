package dev.leantea.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CarrierTest {
  @Test
  void start_severalHandlers_runInThatOrderOnThePlatformThread() throws Exception {
    var ran = new ArrayList<Integer>(); // of the platform thread
    var done = new CountDownLatch(1);
    try (var loop = new TestLoop()) {
      loop.execute(
          () -> {
            for (int i = 0; i < 100; i++) {
              int number = i;
              loop.carrier.start(() -> ran.add(loop.carrier.isOnPlatformThread() ? number : -1));
            }
            loop.carrier.start(done::countDown);
          });
      done.await();
    }
    assertThat(ran).hasSize(100).isSorted().doesNotContain(-1);
  }

  @Test
  void runOnPlatformThread_isNoVirtualThreadAndAfterTheOthers() throws Exception {
    var seen = new CompletableFuture<List<String>>();
    try (var loop = new TestLoop()) {
      loop.execute(
          () -> {
            var order = new ArrayList<String>();
            loop.carrier.start(() -> order.add("handler"));
            loop.carrier.runOnPlatformThread(() -> order.add(kind(Thread.currentThread())));
            order.add(kind(Thread.currentThread()));
            seen.complete(order);
          });
      assertThat(seen.get()).containsExactly("handler", "platform", "virtual");
    }
  }

  private static String kind(Thread thread) {
    return thread.isVirtual() ? "virtual" : "platform";
  }

  @Test
  void unpark_noMemoryForTheWakeup_threadGoesOnOnce() throws Exception {
    var over = new AtomicBoolean();
    var wakeups = new AtomicInteger();
    Carrier carrier = turningCarrier(over, wakeups);
    var handler = new CompletableFuture<Thread>();
    var rounds = new AtomicInteger();
    carrier.start();
    carrier.start(
        () -> {
          handler.complete(Thread.currentThread());
          while (!over.get()) {
            LockSupport.park();
            rounds.incrementAndGet();
          }
        });
    while (wakeups.get() < 20 || rounds.get() < 20) {
      LockSupport.unpark(handler.join()); // it may throw nothing
    }
    over.set(true);
    LockSupport.unpark(handler.join());
    carrier.join();
    assertThat(rounds.get()).isGreaterThanOrEqualTo(20);
  }

  /** Its loop waits for events in turns; there is no memory to wake it up. */
  private static Carrier turningCarrier(AtomicBoolean over, AtomicInteger wakeups) {
    var loop = new CompletableFuture<Carrier>();
    Runnable turns =
        () -> {
          while (!over.get()) {
            turn(loop.join());
          }
        };
    Runnable wakeup =
        () -> {
          wakeups.incrementAndGet();
          throw new OutOfMemoryError("for a test");
        };
    var carrier = new Carrier("loop", "handler", turns, wakeup);
    loop.complete(carrier);
    return carrier;
  }

  /** Waits for events that never come, as an engine does: for a limited time. */
  private static void turn(Carrier carrier) {
    carrier.runOnPlatformThread(
        () -> {
          if (carrier.beginWait()) {
            LockSupport.parkNanos(1_000_000);
          }
          carrier.endWait();
        });
    carrier.runOthers();
  }

  @Test
  void handler_thatSpinsWithYield_keepsNobodyWaiting() throws Exception {
    var over = new AtomicBoolean();
    try (var loop = new TestLoop()) {
      loop.start(() -> spin(over));
      for (int i = 0; i < 100; i++) {
        var done = new CountDownLatch(2);
        loop.execute(done::countDown);
        loop.start(done::countDown);
        done.await();
      }
      over.set(true);
    }
    assertThat(over).isTrue();
  }

  @SuppressWarnings("ThreadPriorityCheck") // on purpose
  private static void spin(AtomicBoolean over) {
    while (!over.get()) {
      Thread.yield();
    }
  }

  /**
   * The holder waits for what another thread does, and cannot go on without the platform thread.
   */
  @Test
  void loop_wantsALockWhoseHolderIsUnmounted_holderGoesOn() throws Exception {
    var lock = new ReentrantLock();
    var held = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var locked = new CountDownLatch(1);
    try (var loop = new TestLoop()) {
      loop.start(() -> hold(lock, held, release));
      held.await();
      loop.execute(
          () -> {
            lock.lock();
            try {
              locked.countDown();
            } finally {
              lock.unlock();
            }
          });
      while (!lock.hasQueuedThread(loop.carrier.owner())) {
        Thread.onSpinWait();
      }
      release.countDown();
      locked.await();
    }
    assertThat(lock.isLocked()).isFalse();
  }

  private static void hold(ReentrantLock lock, CountDownLatch held, CountDownLatch release) {
    lock.lock();
    try {
      held.countDown();
      await(release);
    } finally {
      lock.unlock();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each exchange is a wake-up from outside, while the loop waits or is about to. */
  @Test
  void wakeups_fromOtherThreadsToHandlersAndTasks_noneIsLost() throws Exception {
    var queue = new SynchronousQueue<Integer>();
    var ended = new CountDownLatch(1);
    try (var loop = new TestLoop()) {
      loop.start(() -> receive(queue, 5_000, ended));
      for (int i = 0; i < 5_000; i++) {
        queue.put(i);
        if (i % 10 == 0) {
          var done = new CountDownLatch(1);
          loop.execute(done::countDown);
          done.await();
        }
      }
      ended.await();
    }
    assertThat(queue).isEmpty();
  }

  private static void receive(SynchronousQueue<Integer> queue, int count, CountDownLatch ended) {
    try {
      for (int i = 0; i < count; i++) {
        assertThat(queue.take()).isEqualTo(i);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    ended.countDown();
  }

  /**
   * The loop waits for a lock, and so does each handler: the platform thread has nothing to run.
   */
  @Test
  void wakeups_whileNothingCanRun_noneIsLost() throws Exception {
    try (var loop = new TestLoop()) {
      for (int i = 0; i < 2_000; i++) {
        var barrier = new CyclicBarrier(2);
        loop.execute(() -> pass(barrier));
        pass(barrier);
      }
      loop.handle(() -> assertThat(loop.carrier.isOnPlatformThread()).isTrue());
    }
  }

  private static void pass(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void handler_thatOutlivesTheLoop_endsOnTheJdksScheduler() throws Exception {
    var release = new CountDownLatch(1);
    var onCarrier = new CompletableFuture<Boolean>();
    var loop = new TestLoop();
    var started = new CountDownLatch(1);
    loop.start(
        () -> {
          started.countDown();
          await(release);
          onCarrier.complete(loop.carrier.isOnPlatformThread());
        });
    started.await();
    loop.close();
    release.countDown();
    assertThat(onCarrier.get()).isFalse();
  }

  @Test
  void threads_startedByAHandlerOrTheLoop_areCarriedByTheJdk() throws Exception {
    try (var loop = new TestLoop()) {
      loop.handle(() -> assertThat(childIsCarried(loop.carrier)).isFalse());
      var ofLoop = new CompletableFuture<Boolean>();
      loop.execute(() -> ofLoop.complete(childIsCarried(loop.carrier)));
      assertThat(ofLoop.get()).isFalse();
    }
  }

  /** A child's child in an executor, which goes on after a wait. */
  private static boolean childIsCarried(Carrier carrier) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var carried = new CompletableFuture<Boolean>();
      executor.execute(
          () ->
              Thread.startVirtualThread(
                  () -> {
                    LockSupport.parkNanos(1000);
                    carried.complete(carrier.isOnPlatformThread());
                  }));
      return carried.join();
    }
  }

  @Test
  void loop_isOver_threadsStartedByItsHandlersDoNotReferToIt() throws Exception {
    var release = new CountDownLatch(1);
    var server = serveOnce(release);
    while (server.get() != null) {
      System.gc();
    }
    release.countDown();
    assertThat(server.get()).isNull();
  }

  private static WeakReference<Object> serveOnce(CountDownLatch release) throws Exception {
    var server = new Object[1];
    var started = new CountDownLatch(1);
    try (var loop = new TestLoop()) {
      server[0] = loop;
      loop.handle(() -> startChild(started, release, server));
      started.await();
    }
    return new WeakReference<>(server[0]);
  }

  /** The child knows the server through nothing but its scheduler. */
  private static void startChild(CountDownLatch started, CountDownLatch release, Object[] server) {
    assertThat(server).doesNotContainNull();
    Thread.startVirtualThread(
        () -> {
          started.countDown();
          await(release);
        });
  }

  @Test
  void loop_isOver_threadsOfItsFactoryDoNotReferToIt() throws Exception {
    var release = new CountDownLatch(1);
    var made = new Made(new CompletableFuture<>(), new CompletableFuture<>());
    var loop = makeThreads(made, release);
    while (loop.get() != null) {
      System.gc();
    }
    made.thread.get().start();
    var another = new CompletableFuture<String>();
    made.factory.get().newThread(() -> another.complete("ran")).start();
    assertThat(another.get()).isEqualTo("ran");
    release.countDown();
    assertThat(made.thread.get().join(Duration.ofMinutes(1))).isTrue();
  }

  /** What a handler has made and others keep: a factory, and a thread that is not started. */
  private record Made(CompletableFuture<ThreadFactory> factory, CompletableFuture<Thread> thread) {}

  /** A further thread has started, and outlives the loop. */
  private static WeakReference<TestLoop> makeThreads(Made made, CountDownLatch release)
      throws Exception {
    var loop = new TestLoop();
    try (loop) {
      loop.handle(
          () -> {
            ThreadFactory factory = LoopThreadFactory.ofCaller();
            made.factory.complete(factory);
            made.thread.complete(factory.newThread(() -> await(release)));
            factory.newThread(() -> await(release)).start();
          });
    }
    return new WeakReference<>(loop);
  }
}
