package dev.leantea.http2;

import org.jspecify.annotations.Nullable;

/**
 * The dynamic table of an encoder (RFC 7541 §2.3.2, §4): a ring for eviction, and a hash table for
 * search. An entry stays in its hash chain after its eviction, and is cut off when the chain is
 * next searched: chains go from new to old, so behind one that was evicted all were. One owner
 * thread.
 */
final class EncoderTable {
  private static final int BUCKETS = 32;
  private static final int MIN_CAPACITY = 16;

  /** Returned by {@link #indexOf} for a field that is not in the table. */
  static final int ABSENT = 0;

  private static final class Entry {
    final String name;
    final String value;
    final int hash;
    final int number;
    @Nullable Entry next;

    Entry(String name, String value, int hash, int number, @Nullable Entry next) {
      this.name = name;
      this.value = value;
      this.hash = hash;
      this.number = number;
      this.next = next;
    }

    boolean is(int hash, String name, String value) {
      return this.hash == hash && this.name.equals(name) && this.value.equals(value);
    }
  }

  private final @Nullable Entry[] buckets = new Entry[BUCKETS];

  /** The sizes of the entries, by their numbers. Its length is a power of two. */
  private int[] sizes = new int[MIN_CAPACITY];

  /** The number of entries that were ever added, which is the number of the next. */
  private int added;

  private int count;
  private int bytes;
  private int maxBytes;

  EncoderTable(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  int maxBytes() {
    return maxBytes;
  }

  static int hash(String name, String value) {
    int hash = 31 * name.hashCode() + value.hashCode();
    return hash ^ hash >>> 16;
  }

  static int size(String name, String value) {
    return name.length() + value.length() + HpackField.OVERHEAD;
  }

  /** The index of a field, which is above the static table's; {@link #ABSENT} if there is none. */
  int indexOf(int hash, String name, String value) {
    int bucket = hash & (BUCKETS - 1);
    Entry previous = null;
    Entry entry = buckets[bucket];
    while (entry != null && added - entry.number <= count) {
      if (entry.is(hash, name, value)) {
        return StaticTable.SIZE + added - entry.number;
      }
      previous = entry;
      entry = entry.next;
    }
    if (previous == null) {
      buckets[bucket] = null;
    } else {
      previous.next = null;
    }
    return ABSENT;
  }

  /** Adds a field that is not larger than the table, and evicts the oldest as needed. */
  void add(int hash, String name, String value) {
    int size = size(name, value);
    evict(maxBytes - size);
    if (count == sizes.length) {
      grow();
    }
    int bucket = hash & (BUCKETS - 1);
    buckets[bucket] = new Entry(name, value, hash, added, buckets[bucket]);
    sizes[added++ & (sizes.length - 1)] = size;
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
      bytes -= sizes[(added - count) & (sizes.length - 1)];
      count--;
    }
  }

  private void grow() {
    int[] larger = new int[2 * sizes.length];
    for (int number = added - count; number != added; number++) {
      larger[number & (larger.length - 1)] = sizes[number & (sizes.length - 1)];
    }
    sizes = larger;
  }
}
