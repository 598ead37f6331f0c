package dev.leantea.server;

import dev.leantea.loop.LoopTask;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the handlers that run now. One thread starts handlers; any thread looks.
 *
 * <p>A handler costs one object and no lock: the end of a handler leaves its call in place, and the
 * calls that have ended are removed when the array is full.
 */
final class HandlerThreads {
  private static final int MIN_CAPACITY = 64;

  /** A published array is only appended to, so that who looks misses no call that lasts. */
  private volatile AtomicReferenceArray<@Nullable Call> calls =
      new AtomicReferenceArray<>(MIN_CAPACITY);

  private int size;

  /** One run of a handler. */
  private static final class Call implements LoopTask {
    /** Null when it has ended. */
    private @Nullable Runnable handler;

    /** Null before the handler begins, and when it has ended. */
    private volatile @Nullable Thread thread;

    private volatile boolean ended;

    Call(Runnable handler) {
      this.handler = handler;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      try {
        Runnable once = handler;
        if (once != null) {
          once.run();
        }
      } finally {
        end();
      }
    }

    @Override
    public void heldLoop() {
      if (handler instanceof LoopTask holder) {
        holder.heldLoop();
      }
    }

    /**
     * The call may stay in the array for a while; its thread and its request must not. Allocates
     * nothing: a call that seems to go on would hold up a drain.
     */
    void end() {
      ended = true;
      thread = null;
      handler = null;
    }
  }

  /** Has a thread run the handler. The one thread that starts handlers. */
  void start(Consumer<Runnable> threads, Runnable handler) {
    var call = new Call(handler);
    if (size == calls.length()) {
      removeEnded();
    }
    calls.setRelease(size++, call);
    try {
      threads.accept(call);
    } catch (RuntimeException | Error e) {
      call.end();
      throw e;
    }
  }

  private void removeEnded() {
    Call[] running = running().toArray(Call[]::new);
    var next = new AtomicReferenceArray<@Nullable Call>(Math.max(MIN_CAPACITY, 2 * running.length));
    for (int i = 0; i < running.length; i++) {
      next.setPlain(i, running[i]);
    }
    size = running.length;
    calls = next;
  }

  private Stream<Call> running() {
    AtomicReferenceArray<@Nullable Call> current = calls;
    return IntStream.range(0, current.length())
        .mapToObj(current::getAcquire)
        .filter(Objects::nonNull)
        .filter(call -> !call.ended);
  }

  /** How many handlers have not ended. Any thread. */
  int count() {
    return (int) running().count();
  }

  /** The threads of handlers that have begun and not ended. Any thread. */
  Stream<Thread> threads() {
    return running().map(call -> call.thread).filter(Objects::nonNull);
  }
}
