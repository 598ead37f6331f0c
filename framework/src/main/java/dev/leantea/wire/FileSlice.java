package dev.leantea.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A part of an open file. It keeps the file open until it is closed, once, by whoever has it: the
 * one who made it, until it gives it to {@link Wire#sendFile}.
 *
 * <p>It has no state of its own but that: how much was sent is the sender's to know. One thread at
 * a time.
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

  /** The file, for a backend whose library sends files itself. */
  public FileChannel channel() {
    return file.channel();
  }

  /** The first byte's index in the file. */
  public long position() {
    return position;
  }

  /** In bytes. */
  public int count() {
    return count;
  }

  /**
   * Has the kernel send bytes of it.
   *
   * @param sent how many bytes of it were sent before
   * @return how many the socket took now; 0 when it is full
   * @throws EOFException when the file has become shorter
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
   * Fills a buffer.
   *
   * @param sent how many bytes of it were sent before; there must be as many as the buffer takes
   * @throws EOFException when the file has become shorter
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

  /** Says so in the log if it could not be sent because the file has become shorter. */
  public void sendFailed() {
    try {
      if (channel().isOpen() && file.endsBefore(position + count)) {
        var _ = file.endedBefore(position + count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It is sent, or never will be. */
  @Override
  public void close() {
    file.close();
  }
}
