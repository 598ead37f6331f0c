package dev.leantea.bus;

/**
 * One message of a topic.
 *
 * @param id of the bus, greater than that of each message before it in its topic; 1 or more
 * @param previous id of the message before it in its topic, 0 if there was none. A receiver that
 *     has not seen that one has missed something.
 * @param bytes what was published; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BusMessage(long id, long previous, byte[] bytes) {}
