package dev.leantea.server;

/** What a server does; it goes from one to the next and never back. See {@link Lifecycle}. */
enum Phase {
  /** Listeners are opened; nothing is accepted. */
  STARTING,
  /** Connections are accepted and requests answered. */
  SERVING,
  /** As before, but the readiness check answers 503. */
  TURNING_AWAY,
  /** Nothing is accepted; what is in hand is brought to its end. */
  DRAINING,
  /** No thread, no socket and no shutdown hook is left, or those that are left were logged. */
  STOPPED
}
