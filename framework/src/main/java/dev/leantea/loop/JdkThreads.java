package dev.leantea.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What JDK 25 has for virtual threads and does not export: a scheduler of one's own. Needs {@code
 * --add-opens java.base/java.lang=…}; without it {@link #missing} says why, and nothing else may be
 * called.
 */
final class JdkThreads {
  private static final Access ACCESS = Access.open();
  private static final MethodHandle NEW_THREAD = ACCESS.newThread();
  private static final MethodHandle CARRIER = ACCESS.carrier();
  private static final MethodHandle DEFAULT_SCHEDULER = ACCESS.defaultScheduler();

  private JdkThreads() {}

  /** The handles; all of them are empty together, and then there is a reason. */
  private record Access(
      MethodHandle newThread,
      MethodHandle carrier,
      MethodHandle defaultScheduler,
      Optional<String> missing) {
    private static final MethodType NEW_THREAD =
        MethodType.methodType(
            Thread.class, Executor.class, String.class, int.class, Runnable.class);
    private static final MethodType CARRIER = MethodType.methodType(Thread.class);
    private static final MethodType SCHEDULER = MethodType.methodType(Executor.class);

    static Access open() {
      try {
        Lookup here = MethodHandles.lookup();
        Class<?> builders = Class.forName("java.lang.ThreadBuilders");
        Class<?> virtual = Class.forName("java.lang.VirtualThread");
        return new Access(
            MethodHandles.privateLookupIn(builders, here)
                .findStatic(builders, "newVirtualThread", NEW_THREAD),
            MethodHandles.privateLookupIn(Thread.class, here)
                .findStatic(Thread.class, "currentCarrierThread", CARRIER),
            MethodHandles.privateLookupIn(virtual, here)
                .findStatic(virtual, "defaultScheduler", SCHEDULER),
            Optional.empty());
      } catch (ReflectiveOperationException | RuntimeException e) {
        return new Access(
            MethodHandles.empty(NEW_THREAD),
            MethodHandles.empty(CARRIER),
            MethodHandles.empty(SCHEDULER),
            Optional.of(String.valueOf(e.getMessage())));
      }
    }
  }

  /** Why there is no access; empty where there is. */
  static Optional<String> missing() {
    return ACCESS.missing();
  }

  /** A new virtual thread that inherits what {@link Thread.Builder} lets it inherit. */
  static Thread newThread(Executor scheduler, String name, Runnable task) {
    try {
      return (Thread) NEW_THREAD.invokeExact(scheduler, name, 0, task);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("virtual threads: the JDK refused a scheduler", e);
    }
  }

  /** The platform thread that runs the caller. */
  static Thread carrier() {
    try {
      return (Thread) CARRIER.invokeExact();
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("virtual threads: the JDK named no carrier", e);
    }
  }

  /** The scheduler of ordinary virtual threads. */
  static Executor defaultScheduler() {
    try {
      return (Executor) DEFAULT_SCHEDULER.invokeExact();
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("virtual threads: the JDK named no scheduler", e);
    }
  }
}
