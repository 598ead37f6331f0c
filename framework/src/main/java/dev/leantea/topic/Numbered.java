package dev.leantea.topic;

/**
 * An item of a bus, which numbers them.
 *
 * @param id greater than that of the item before
 * @param previous the id of the item before it on the bus, 0 if there was none
 * @param retained whether it was published before this instance began to listen
 */
public record Numbered<T>(long id, long previous, boolean retained, T item) {}
