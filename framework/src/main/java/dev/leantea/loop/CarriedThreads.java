package dev.leantea.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Virtual threads whose carrier is an event loop: a handler that may block starts on the loop's own
 * thread, without a hand-over to another one; when it blocks, the loop goes on; when it can go on,
 * it does so on the same loop.
 *
 * <pre>
 *  loop thread ─ I/O ─┬─ start ─▶ handler ─ answer ─┬─ I/O ─ …      never blocked: no hop at all
 *                     └─ start ─▶ handler ─ parks ──┴─ I/O ─ unpark ─▶ handler ─ answer ─ …
 * </pre>
 *
 * <p>JDK 25 has this behind {@code Thread.ofVirtual()}, in {@code
 * java.lang.ThreadBuilders$VirtualThreadBuilder}, which takes an executor as its scheduler but is
 * not public; so it needs {@code --add-opens java.base/java.lang=…}. Where that is missing,
 * handlers run on ordinary virtual threads: one hand-over each way, slower, never wrong.
 */
public final class CarriedThreads {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private static final Access ACCESS = Access.open();

  private CarriedThreads() {}

  /** What the JDK let us have; the handles are null together, and then there is a reason why. */
  private record Access(MethodHandle builder, MethodHandle carrier, Optional<String> missing) {
    static Access open() {
      try {
        MethodHandles.Lookup thread =
            MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
        Class<?> type = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
        MethodHandle builder =
            MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findConstructor(type, MethodType.methodType(void.class, Executor.class))
                .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
        MethodHandle carrier =
            thread.findStatic(
                Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
        return new Access(builder, carrier, Optional.empty());
      } catch (ReflectiveOperationException | RuntimeException e) {
        MethodHandle none = MethodHandles.empty(MethodType.methodType(Thread.class));
        return new Access(none, none, Optional.of(String.valueOf(e.getMessage())));
      }
    }
  }

  private static final MethodHandle CARRIER = ACCESS.carrier();
  private static final boolean AVAILABLE = ACCESS.missing().isEmpty();

  /** Whether loops can carry virtual threads in this JVM. */
  public static boolean available() {
    return AVAILABLE;
  }

  /** The JVM option that makes them available. */
  public static String option() {
    Module module = CarriedThreads.class.getModule();
    return "--add-opens java.base/java.lang="
        + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
  }

  /**
   * A builder of virtual threads that the scheduler carries. The scheduler runs each task it is
   * given once, on one and the same platform thread. Where loops cannot carry, ordinary virtual
   * threads, and one line in the log.
   */
  public static Thread.Builder.OfVirtual builder(Executor scheduler) {
    if (!AVAILABLE) {
      tell();
      return Thread.ofVirtual();
    }
    try {
      Executor lasting = continuation -> schedule(scheduler, continuation);
      return (Thread.Builder.OfVirtual) ACCESS.builder().invokeExact(lasting);
    } catch (Throwable e) {
      throw new IllegalStateException("virtual threads: the JDK refused a scheduler", e);
    }
  }

  /**
   * A handler may outlive its loop: cut off by a drain, it still waits for something of its own.
   * Who wakes it must not get the loop's rejection, and it must be able to end.
   */
  private static void schedule(Executor scheduler, Runnable continuation) {
    try {
      scheduler.execute(continuation);
    } catch (RejectedExecutionException e) {
      ForkJoinPool.commonPool().execute(continuation);
    }
  }

  /**
   * The virtual thread whose step the task is: what the JDK gives to a scheduler is {@code
   * this::runContinuation} of it, so the thread is that object's one field. Slow, for reports only.
   *
   * @return empty when the task is something else, or the JDK does not let us look
   */
  static Optional<Thread> ofStep(Runnable task) {
    if (!AVAILABLE || !task.getClass().getName().startsWith("java.lang.VirtualThread")) {
      return Optional.empty();
    }
    try {
      for (Field field : task.getClass().getDeclaredFields()) {
        if (Thread.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          return Optional.of((Thread) field.get(task));
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.DEBUG, "virtual threads: the JDK does not tell which one a step is of", e);
    }
    return Optional.empty();
  }

  private static void tell() {
    if (TOLD.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "handlers run on ordinary virtual threads, which costs a hand-over each way; to let the"
              + " event loops carry them add the JVM option "
              + option());
    }
  }

  /**
   * The platform thread that runs the caller: the carrier where the caller is a virtual thread that
   * a loop carries, and the caller itself on a platform thread.
   */
  public static Thread current() {
    if (!AVAILABLE) {
      return Thread.currentThread();
    }
    try {
      return (Thread) CARRIER.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("virtual threads: the JDK named no carrier", e);
    }
  }
}
