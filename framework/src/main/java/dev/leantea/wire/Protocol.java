package dev.leantea.wire;

/**
 * A protocol's entry point: creates the listener of each connection. One instance belongs to one
 * owner thread, whose connections share its scratch memory.
 */
public interface Protocol {
  /** Creates the listener of a new connection. Owner thread. */
  WireListener connect(Wire wire, Owner owner);

  /**
   * Creates the listener of a new connection beyond {@link dev.leantea.http.Limits#connections}: it
   * sends an error to the client and closes the connection. Owner thread.
   */
  WireListener refuse(Wire wire, Owner owner);
}
