package dev.leantea.forms;

import dev.leantea.http.MemoryReservation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What a multipart form holds in memory: the contents of its small parts, within the form's limit,
 * and the header section of each part. It is reserved from the server's memory: contents before
 * they are read, a header section, which has a limit of its own, when it is complete. One thread,
 * one form.
 */
final class PartMemory {
  private static final int MIN_ARRAY_BYTES = 1024;
  private static final byte[] NO_BYTES = new byte[0];

  private final MemoryReservation reservation;
  private final long limit;
  private long heads;
  private long contents;

  /**
   * @param limit for the contents of all parts together, in bytes
   */
  PartMemory(MemoryReservation reservation, long limit) {
    this.reservation = reservation;
    this.limit = limit;
  }

  /** Maximum bytes of the next part's content. */
  int room(int maxPart) {
    return (int) Math.min(maxPart, limit - contents);
  }

  /** Counts a part's header section. */
  void addHead(int bytes) {
    heads += bytes;
    reserve(0);
  }

  /**
   * Reads content up to a maximum; it is reserved until {@link #keep} or {@link #discard}.
   *
   * @param max of {@link #room}
   */
  byte[] read(InputStream in, int max) throws IOException {
    byte[] bytes = NO_BYTES;
    int size = 0;
    while (size == bytes.length && size < max) {
      int capacity = (int) Math.min(max, Math.max(MIN_ARRAY_BYTES, bytes.length * 2L));
      reserve(capacity);
      bytes = Arrays.copyOf(bytes, capacity);
      size += in.readNBytes(bytes, size, capacity - size);
    }
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** The content that was read belongs to a part. */
  void keep(byte[] content) {
    contents += content.length;
    reserve(0);
  }

  /** The content that was read is not in memory any more. */
  void discard() {
    reserve(0);
  }

  private void reserve(long unfinished) {
    reservation.resize(heads + contents + unfinished);
  }
}
