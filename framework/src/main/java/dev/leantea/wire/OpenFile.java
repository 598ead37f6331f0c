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
 *  of ─▶ held by its writer ─┬─ slice ─▶ … and by each slice that is on its way
 *                            └─ close, FileSlice.close: one holder less; the last closes the file
 * </pre>
 *
 * <p>So the descriptor is closed neither under the hands of a loop, which could then send another
 * file that got the number, nor later than needed.
 */
public final class OpenFile implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Path path;
  private final FileChannel channel;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean told = new AtomicBoolean();

  private OpenFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Whether the kernel has this file: a file of an archive, say, is known to the JVM alone. */
  public static boolean supports(Path path) {
    return path.getFileSystem().equals(FileSystems.getDefault());
  }

  /** Opens a file to read, which its caller closes. */
  @SuppressWarnings("MustBeClosedChecker") // the last holder closes it
  public static OpenFile of(Path path) throws IOException {
    if (!supports(path)) {
      throw new IOException(path + ": expected a file of the default file system");
    }
    return new OpenFile(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  /**
   * A part of it, to be closed by whoever has it last. The caller holds the file.
   *
   * @param position the first byte's index
   * @param count in bytes
   */
  public FileSlice slice(long position, int count) {
    holders.incrementAndGet();
    return new FileSlice(this, position, count);
  }

  FileChannel channel() {
    return channel;
  }

  boolean endsBefore(long end) throws IOException {
    return channel.size() < end;
  }

  /** It became shorter while it was sent: said here, once, for the client is not to blame. */
  EOFException endedBefore(long end) {
    String message = path + ": expected " + end + " bytes or more, it ended earlier";
    if (!told.getAndSet(true)) {
      LOG.log(Level.WARNING, message + "; the connection is aborted");
    }
    return new EOFException(message);
  }

  /** Releases one holder's claim. */
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
