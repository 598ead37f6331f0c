package dev.leantea.wire;

/**
 * Speaks a protocol over connections: makes the listener of each. One instance belongs to one owner
 * thread, whose connections share its scratch memory.
 */
public interface Protocol {
  /** The listener of a new connection. Owner thread. */
  WireListener connect(Wire wire, Owner owner);

  /**
   * The listener of a new connection beyond {@link dev.leantea.http.Limits#connections}: the client
   * is told, and the connection ends. Owner thread.
   */
  WireListener refuse(Wire wire, Owner owner);
}
