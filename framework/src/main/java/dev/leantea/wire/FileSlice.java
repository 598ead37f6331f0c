package dev.leantea.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A part of an open file, which stays open until the slice is closed. The slice is closed once, by
 * its owner: its creator, or {@link Wire#sendFile} after it was passed to that.
 *
 * <p>It has no other state; the sender keeps track of how much was sent. One thread at a time.
 */
public final class FileSlice implements AutoCloseable {
  private final OpenFile file;
  private final long position;
  private final int count;

  FileSlice(OpenFile file, long position, int count) {
    this.file = file;
    this.position = position;
    this.count = count;
  }

  /** The file's channel, for a backend whose library sends files itself. */
  public FileChannel channel() {
    return file.channel();
  }

  /** Index of the first byte in the file. */
  public long position() {
    return position;
  }

  /** Length in bytes. */
  public int count() {
    return count;
  }

  /**
   * Returns a part of this slice, which its last owner closes, before this slice or after it.
   *
   * @param from index of the part's first byte in this slice
   * @param length in bytes
   */
  public FileSlice part(int from, int length) {
    return file.slice(position + from, length);
  }

  /**
   * Sends bytes from the file by the kernel, without a copy (sendfile).
   *
   * @param sent number of bytes of the slice that were sent before
   * @return the number of bytes sent now; 0 when the socket is not writable
   * @throws EOFException when the file was truncated
   */
  public int transferTo(WritableByteChannel socket, int sent) throws IOException {
    long from = position + sent;
    long bytes = file.channel().transferTo(from, count - sent, socket);
    if (bytes <= 0 && file.endsBefore(from + 1)) {
      throw file.endedBefore(position + count);
    }
    return (int) bytes;
  }

  /**
   * Waits until the slice is in the system's page cache, so that sending it holds nobody. Any
   * thread but an event loop's.
   *
   * @return whether it had to be read
   * @throws IOException when it cannot be read, or the wait was interrupted
   */
  public boolean load() throws IOException {
    return ColdRead.load(file.channel(), position, count);
  }

  /**
   * Fills a buffer.
   *
   * @param sent number of bytes of the slice that were sent before; the rest must fill the buffer
   * @throws EOFException when the file was truncated
   */
  public void read(ByteBuffer target, int sent) throws IOException {
    for (long from = position + sent; target.hasRemaining(); ) {
      int bytes = file.channel().read(target, from);
      if (bytes < 0) {
        throw file.endedBefore(position + count);
      }
      from += bytes;
    }
  }

  /** Logs a warning if the slice could not be sent because the file was truncated. */
  public void sendFailed() {
    try {
      if (channel().isOpen() && file.endsBefore(position + count)) {
        var _ = file.endedBefore(position + count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Releases the file: the slice was sent, or never will be. */
  @Override
  public void close() {
    file.close();
  }
}
