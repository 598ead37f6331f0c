package dev.leantea.bus;

import java.util.List;

/** Receives the messages of one topic, one call at a time. It must not wait. */
public interface BusListener {
  /**
   * Called once, before all else: the bus was reached.
   *
   * @param retained the messages that it keeps, oldest first; they were published before
   */
  void started(List<BusMessage> retained);

  /** A message that was published since then. */
  void received(BusMessage message);
}
