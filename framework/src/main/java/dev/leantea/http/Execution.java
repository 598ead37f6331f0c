package dev.leantea.http;

/** Which thread runs a handler. */
public enum Execution {
  /** The default: the handler may block. It runs on a virtual thread. */
  BLOCKING,
  /** Declared: the handler never blocks. Event-loop backends run it on the connection's loop. */
  NON_BLOCKING,
  /**
   * Declared: the handler holds its thread for long without waiting, by computing, reading files or
   * native calls. It runs on a virtual thread of the JDK's scheduler, beside the event loops, which
   * serve others meanwhile.
   */
  COMPUTING;

  /**
   * Where code runs that is made of this and the other: it computes if one of them does, and never
   * blocks if neither does.
   */
  public Execution and(Execution other) {
    if (this == COMPUTING || other == COMPUTING) {
      return COMPUTING;
    }
    return this == NON_BLOCKING ? other : BLOCKING;
  }
}
