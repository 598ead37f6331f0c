package dev.leantea.http2;

import org.jspecify.annotations.Nullable;

/** The dynamic table of a decoder (RFC 7541 §2.3.2, §4): a ring of fields. One owner thread. */
final class DynamicTable {
  private static final int MIN_CAPACITY = 16;

  private int maxBytes;

  /** Its length is a power of two. */
  private @Nullable HpackField[] ring = new HpackField[MIN_CAPACITY];

  /** The number of fields that were ever added; the newest is at the index before. */
  private int added;

  private int count;
  private int bytes;

  DynamicTable(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  int maxBytes() {
    return maxBytes;
  }

  /** The number of fields. */
  int count() {
    return count;
  }

  /** The sum of the sizes of the fields (RFC 7541 §4.1). */
  int bytes() {
    return bytes;
  }

  /** The field that was added {@code age} fields before the newest. */
  HpackField newest(int age) {
    HpackField field = ring[(added - 1 - age) & (ring.length - 1)];
    if (field == null || age >= count) {
      throw new IllegalArgumentException("age: expected less than " + count + ", got " + age);
    }
    return field;
  }

  /** Adds a field, and evicts the oldest as needed; one that is too large empties the table. */
  void add(HpackField field) {
    int size = field.size();
    evict(maxBytes - size);
    if (size > maxBytes) {
      return; // RFC 7541 §4.4: not an error
    }
    if (count == ring.length) {
      grow();
    }
    ring[added++ & (ring.length - 1)] = field;
    count++;
    bytes += size;
  }

  /** Changes the maximum size, and evicts the oldest as needed. */
  void resize(int maxBytes) {
    this.maxBytes = maxBytes;
    evict(maxBytes);
  }

  private void evict(int toBytes) {
    while (count > 0 && bytes > toBytes) {
      int oldest = (added - count) & (ring.length - 1);
      bytes -= newest(count - 1).size();
      ring[oldest] = null;
      count--;
    }
  }

  private void grow() {
    var larger = new HpackField[2 * ring.length];
    for (int age = 0; age < count; age++) {
      larger[(added - 1 - age) & (larger.length - 1)] = newest(age);
    }
    ring = larger;
  }
}
