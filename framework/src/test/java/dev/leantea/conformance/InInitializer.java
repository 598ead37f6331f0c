package dev.leantea.conformance;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/** Calls something in the initializer of a class, which pins a virtual thread. */
public final class InInitializer {
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
  private static volatile Callable<String> task = () -> "";

  private InInitializer() {}

  /** Calls the task. */
  static String call(Callable<String> what) throws Exception {
    ONE_AT_A_TIME.lock();
    try {
      task = what;
      return FreshClass.answer(Initialized.class);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  /** For {@link Initialized}, which another class loader has defined. */
  public static String now() {
    try {
      return task.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the call in its initializer. */
  public static final class Initialized {
    /** What was answered. */
    public static final String ANSWER = now();

    private Initialized() {}
  }
}
