package dev.leantea.bus;

/**
 * Carries messages between the instances of an application. {@code Broadcast} and {@code Room} use
 * one; an implementation of your own is as good as {@link RedisBus} and {@link PostgresBus}.
 *
 * <p>What a bus promises:
 *
 * <ol>
 *   <li>When {@link #publish} returns, the message is kept by the bus, and each subscription
 *       receives it once, also if it was disconnected meanwhile, as long as it comes back before
 *       {@link #retained} newer messages of the topic were published.
 *   <li>When {@link #publish} throws, the message was either kept or not: a connection can break
 *       between the message and its acknowledgement. The bus does not repeat it by itself. Who
 *       publishes it again may have it received twice.
 *   <li>All subscriptions receive the messages of a topic in the same order, that of their ids.
 *       Messages of one thread to one topic are in the order of its calls.
 *   <li>A subscription that missed messages learns of it: {@link BusMessage#previous}.
 * </ol>
 *
 * <p>"Kept" is what the server behind the bus makes of it: see the implementations. Any thread.
 */
public interface Bus extends AutoCloseable {
  /** The maximum length of a topic's name, in characters. */
  int MAX_NAME = 200;

  /**
   * Publishes a message. Blocks for a round trip to the bus: not for handlers declared {@code
   * nonBlocking}.
   *
   * @param topic 1 to {@value #MAX_NAME} characters
   * @return its id, greater than those of all messages of the topic before it
   * @throws BusException when the bus did not acknowledge it
   */
  long publish(String topic, byte[] message);

  /**
   * Receives the messages of a topic until it is closed. Does not wait: the listener is called when
   * the bus is reached, and the subscription outlives interruptions.
   */
  Subscription subscribe(String topic, BusListener listener);

  /** How many messages of each topic it keeps at least, for those who come back. */
  int retained();

  /** Ends all subscriptions. A client or pool that was given to it is left open. */
  @Override
  void close();

  /**
   * A bus within this process: for development, tests, and an application of one instance whose
   * clients resume. It never blocks.
   *
   * @param retained messages that it keeps of each topic, 0 or more
   */
  static Bus inMemory(int retained) {
    return new MemoryBus(retained);
  }

  /** A listener's place in a topic. */
  interface Subscription extends AutoCloseable {
    /** Receives no more, but for a message that is being received. Does not wait. */
    @Override
    void close();
  }
}
