package dev.leantea.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Calls a handler on a thread that serves other requests too, and leaves nothing of it behind: the
 * next handler on this thread sees none of its thread-locals, interrupts, names and class loaders.
 *
 * <p>The thread's own thread-locals, those of the event loop and of libraries that it calls, are
 * put aside during the call and are there again afterwards. That needs the same JVM option as
 * {@link CarriedThreads#option()}; see {@link #available()}.
 */
public final class HandlerScope {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private static final Field LOCALS = Field.of("threadLocals");
  private static final Field INHERITABLE = Field.of("inheritableThreadLocals");
  private static final MethodHandle GET_LOCALS = LOCALS.getter();
  private static final MethodHandle SET_LOCALS = LOCALS.setter();
  private static final MethodHandle GET_INHERITABLE = INHERITABLE.getter();
  private static final MethodHandle SET_INHERITABLE = INHERITABLE.setter();
  private static final boolean AVAILABLE = LOCALS.found() && INHERITABLE.found();

  private HandlerScope() {}

  /** A private field of {@link Thread} that refers to a map of thread-locals. */
  private record Field(MethodHandle getter, MethodHandle setter, boolean found) {
    private static final MethodType GETTER = MethodType.methodType(Object.class, Thread.class);
    private static final MethodType SETTER =
        MethodType.methodType(void.class, Thread.class, Object.class);

    static Field of(String name) {
      try {
        Class<?> type = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
        var lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
        return new Field(
            lookup.findGetter(Thread.class, name, type).asType(GETTER),
            lookup.findSetter(Thread.class, name, type).asType(SETTER),
            true);
      } catch (ReflectiveOperationException | RuntimeException e) {
        LOG.log(Level.DEBUG, "thread-locals: the JDK gives no access to Thread." + name, e);
        return new Field(MethodHandles.empty(GETTER), MethodHandles.empty(SETTER), false);
      }
    }
  }

  /**
   * Whether thread-locals are kept apart. Where they are not, a handler belongs on a thread of its
   * own.
   */
  public static boolean available() {
    return AVAILABLE;
  }

  /**
   * Calls a function in a scope of its own, on the calling thread. Scopes may be nested. A method
   * reference that captures nothing makes the call free of allocations.
   *
   * <p>While the function runs, the thread has no thread-locals. Afterwards the thread has those
   * that it had before, its name, its context class loader, and no interrupt, whether the function
   * returned or threw.
   *
   * @return what the function returns; what it throws is thrown
   */
  public static <A, B, R> R call(BiFunction<A, B, R> function, A first, B second) {
    Thread thread = Thread.currentThread();
    @Nullable Object locals = locals(thread);
    @Nullable Object inheritable = inheritable(thread);
    locals(thread, null);
    inheritable(thread, null);
    String name = thread.getName();
    ClassLoader loader = thread.getContextClassLoader();
    try {
      return function.apply(first, second);
    } finally {
      locals(thread, locals);
      inheritable(thread, inheritable);
      clean(thread, name, loader);
    }
  }

  // The handles stand here as constants: given as arguments they are looked up at each call.

  private static @Nullable Object locals(Thread thread) {
    try {
      return (@Nullable Object) GET_LOCALS.invokeExact(thread);
    } catch (Throwable e) {
      throw refused(e);
    }
  }

  private static @Nullable Object inheritable(Thread thread) {
    try {
      return (@Nullable Object) GET_INHERITABLE.invokeExact(thread);
    } catch (Throwable e) {
      throw refused(e);
    }
  }

  private static void locals(Thread thread, @Nullable Object map) {
    try {
      SET_LOCALS.invokeExact(thread, (@Nullable Object) map);
    } catch (Throwable e) {
      throw refused(e);
    }
  }

  private static void inheritable(Thread thread, @Nullable Object map) {
    try {
      SET_INHERITABLE.invokeExact(thread, (@Nullable Object) map);
    } catch (Throwable e) {
      throw refused(e);
    }
  }

  /** An error passes: a shortage of memory is none of the JDK's refusals. */
  private static IllegalStateException refused(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("thread-locals: the JDK refused access to its own field", e);
  }

  @SuppressWarnings("ReferenceEquality") // the very same one, or it is set
  private static void clean(Thread thread, String name, ClassLoader loader) {
    var _ = Thread.interrupted();
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    if (!thread.getName().equals(name)) {
      thread.setName(name);
    }
  }
}
