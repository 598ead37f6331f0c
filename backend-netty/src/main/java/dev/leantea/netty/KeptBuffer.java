package dev.leantea.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of a loop that is used again as soon as nobody else holds it: most are written, or read,
 * within the step that took them. The loop's thread.
 */
final class KeptBuffer {
  private final int firstBytes;
  private final int maxBytes;
  private @Nullable ByteBuf kept;

  /**
   * @param firstBytes the capacity of a new one
   * @param maxBytes one that has grown beyond it is not kept
   */
  KeptBuffer(int firstBytes, int maxBytes) {
    this.firstBytes = firstBytes;
    this.maxBytes = maxBytes;
  }

  /** An empty buffer of direct memory, for the caller to release. */
  ByteBuf take(ByteBufAllocator allocator) {
    ByteBuf free = kept;
    if (free != null && free.refCnt() == 1 && free.capacity() <= maxBytes) {
      return free.clear().retain();
    }
    release(); // a slow client has it, and releases it when its bytes are sent
    ByteBuf fresh = allocator.directBuffer(firstBytes);
    kept = fresh;
    return fresh.retain();
  }

  /** Lets go of it, as the loop ends. */
  void release() {
    ByteBuf last = kept;
    if (last != null) {
      kept = null;
      last.release();
    }
  }
}
