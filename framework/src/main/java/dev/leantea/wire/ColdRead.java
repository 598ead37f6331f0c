package dev.leantea.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Brings a part of a file into the system's page cache, on a thread that no event loop carries.
 *
 * <p>Sending a file reads it: by {@code sendfile}, or into a send buffer. What the page cache has
 * is copied at memory speed; what it has not is waited for, and who waits is the event loop with
 * all its connections. So the writer of a file looks first (mmap and mincore, about 3 µs for 1 MiB)
 * and has missing parts read beside the loops. A page that is evicted between the two costs a wait,
 * and no more.
 */
final class ColdRead {
  private static final int BUFFER_BYTES = 128 * 1024;

  private ColdRead() {}

  /**
   * Returns when the part is in the page cache, or was. Waits without holding an event loop.
   *
   * @return whether something had to be read
   */
  static boolean load(FileChannel channel, long position, int count) throws IOException {
    if (isLoaded(channel, position, count)) {
      return false;
    }
    var reading =
        new FutureTask<>(
            () -> {
              read(channel, position, count);
              return true;
            });
    Thread.ofVirtual().name("leantea-cold-read").start(reading);
    return await(reading);
  }

  /** A file that is shorter by now is its reader's to find out. */
  static boolean isLoaded(FileChannel channel, long position, int count) throws IOException {
    long bytes = Math.min(count, channel.size() - position);
    if (bytes <= 0) {
      return true;
    }
    try (Arena arena = Arena.ofConfined()) {
      return channel.map(MapMode.READ_ONLY, position, bytes, arena).isLoaded();
    }
  }

  private static void read(FileChannel channel, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(BUFFER_BYTES, count));
    long end = position + count;
    for (long at = position; at < end; ) {
      int bytes = channel.read(buffer.clear(), at);
      if (bytes < 0) {
        return;
      }
      at += bytes;
    }
  }

  private static boolean await(FutureTask<Boolean> reading) throws IOException {
    try {
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a file");
    } catch (ExecutionException e) {
      throw new IOException("a file could not be read", e.getCause());
    }
  }
}
