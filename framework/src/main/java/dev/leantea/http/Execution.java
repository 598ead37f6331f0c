package dev.leantea.http;

/** Which thread runs a handler. */
public enum Execution {
  /** The default: the handler may block. It runs on a virtual thread. */
  BLOCKING,
  /** Declared: the handler never blocks. Event-loop backends run it on the connection's loop. */
  NON_BLOCKING
}
