package dev.leantea.exchange;

/**
 * A step of an exchange on its owner thread. A step that fails breaks the exchange off, for nothing
 * else would end it.
 *
 * @param step to run, once
 */
record OwnerTask(Exchange exchange, Runnable step) implements Runnable {
  /** Attempts to break an exchange off while there is no memory. */
  private static final int MAX_ATTEMPTS = 1000;

  /** Loads what the end of an exchange needs: there may be no memory for it at that time. */
  static void load() {
    var _ = Failure.PeerGone.of("");
  }

  @Override
  public void run() {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      abort(exchange);
      throw e;
    }
  }

  /**
   * Breaks an exchange off, also when there is little memory: the client must not wait for ever.
   * What its body holds is freed first, for that may be all the memory. Any thread.
   */
  static void abort(Exchange exchange) {
    IncomingBody body = exchange.body();
    if (body != null) {
      body.free();
    }
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      if (isAborted(exchange)) {
        return;
      }
    }
  }

  /** After a failure other threads get their turn, which may free memory. */
  private static boolean isAborted(Exchange exchange) {
    try {
      exchange.abort();
      return true;
    } catch (OutOfMemoryError _) {
      yieldSafely();
      return false;
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // the yield is the point
  private static void yieldSafely() {
    try {
      Thread.yield();
    } catch (OutOfMemoryError _) {
      // A virtual thread needs memory to be unmounted.
    }
  }
}
