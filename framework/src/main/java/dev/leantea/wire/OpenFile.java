package dev.leantea.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that is being sent. Any thread.
 *
 * <pre>
 *  of ─▶ held by its writer ─┬─ slice ─▶ … and by each slice that is queued
 *                            └─ close, FileSlice.close: one holder less; the last closes the file
 * </pre>
 *
 * <p>So the descriptor is not closed while a loop sends from it, which could then send another file
 * that got the same number, nor later than needed.
 */
public final class OpenFile implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Path path;
  private final FileChannel channel;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean logged = new AtomicBoolean();

  private OpenFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Whether the kernel can read this file: files within an archive, for example, exist only in the
   * JVM.
   */
  public static boolean supports(Path path) {
    return path.getFileSystem().equals(FileSystems.getDefault());
  }

  /** Opens a file for reading; the caller closes it. */
  @SuppressWarnings("MustBeClosedChecker") // the last holder closes it
  public static OpenFile of(Path path) throws IOException {
    if (!supports(path)) {
      throw new IOException(path + ": expected a file of the default file system");
    }
    return new OpenFile(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  /**
   * Returns a slice, which its last owner closes. The caller must hold the file open.
   *
   * @param position index of the first byte
   * @param count length in bytes
   */
  public FileSlice slice(long position, int count) {
    holders.incrementAndGet();
    return new FileSlice(this, position, count);
  }

  FileChannel channel() {
    return channel;
  }

  /** Whether the file is shorter than this now. */
  public boolean endsBefore(long end) throws IOException {
    return channel.size() < end;
  }

  /** The file was truncated while it was sent, which is logged once: no client caused it. */
  EOFException endedBefore(long end) {
    String message = path + ": expected " + end + " bytes or more, it ended earlier";
    if (!logged.getAndSet(true)) {
      LOG.log(Level.WARNING, message + "; the connection is aborted");
    }
    return new EOFException(message);
  }

  /** Releases the file for one holder. */
  @Override
  public void close() {
    if (holders.decrementAndGet() == 0) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
