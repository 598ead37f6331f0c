package dev.leantea.bus;

import java.util.List;
import java.util.Map;

/** A connection to a bus, from which one thread reads. It throws when it breaks. */
interface BusSession extends AutoCloseable {
  /** How long {@link #read} waits for a message at most, and so how soon a new topic is read. */
  int MAX_WAIT_MILLIS = 100;

  /** Messages of one topic that are read at once. */
  int MAX_MESSAGES = 256;

  /** The newest messages of a topic, oldest first; as many as the bus retains, or fewer. */
  List<BusMessage> retained(String topic) throws Exception;

  /** The id of the newest message of a topic that the bus keeps; 0 if it has none. */
  long newest(String topic) throws Exception;

  /**
   * Waits for messages behind the given ids.
   *
   * @param positions an id for each topic; one topic at least
   * @return the next messages of some topics, oldest first; none when nothing came in time
   */
  Map<String, List<BusMessage>> read(Map<String, Long> positions) throws Exception;

  @Override
  void close();
}
