package dev.leantea.http;

/** Which thread runs a handler. */
public enum Execution {
  /** The default: the handler may block. It runs on a virtual thread. */
  BLOCKING,
  /** Declared: the handler never blocks. Event-loop backends run it on the connection's loop. */
  NON_BLOCKING;

  /** Where code runs that is made of this and the other: it never blocks if neither does. */
  public Execution and(Execution other) {
    return this == NON_BLOCKING ? other : BLOCKING;
  }
}
