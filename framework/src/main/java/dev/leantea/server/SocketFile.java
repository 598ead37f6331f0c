package dev.leantea.server;

import dev.leantea.backend.UnixListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;

/**
 * The file of a unix domain socket that this server listens on. Any thread.
 *
 * <pre>
 *  claim ── nothing there, or the socket of a dead server: removed ──▶ bind (of the backend)
 *    │ another kind of file, or a server that lives                      │
 *    ▼                                                                   ▼
 *  an error                                              opened ── permissions ──▶ remove
 * </pre>
 *
 * <p>Before the permissions are set, the process's umask decides who may connect.
 */
final class SocketFile {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** {@code S_IFMT} and {@code S_IFSOCK} of {@code sys/stat.h}. */
  private static final int TYPE_MASK = 0xF000;

  private static final int TYPE_SOCKET = 0xC000;

  private final Path path;

  /** A file of another server may have the path by now. */
  private final Identity identity;

  /**
   * What tells a file from others that have the path later.
   *
   * @param key device and inode, which may be used again at once
   */
  private record Identity(Optional<Object> key, FileTime modified) {
    static Identity of(Path path) throws IOException {
      BasicFileAttributes attributes = attributes(path);
      return new Identity(Optional.ofNullable(attributes.fileKey()), attributes.lastModifiedTime());
    }
  }

  private SocketFile(Path path, Identity identity) {
    this.path = path;
    this.identity = identity;
  }

  /**
   * Removes the file of a dead server.
   *
   * @throws IOException when a server listens there, or the file is no socket
   */
  static void claim(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      requireFolder(path);
      return;
    }
    if (!isSocket(path)) {
      throw new IOException("the path is a file that is no socket");
    }
    if (isServed(path)) {
      throw new IOException("another server listens there");
    }
    Files.deleteIfExists(path);
  }

  private static void requireFolder(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
  }

  /** A connect to a pipe or a device is refused like one to the socket of a dead server. */
  private static boolean isSocket(Path path) throws IOException {
    try {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return mode instanceof Integer bits && (bits & TYPE_MASK) == TYPE_SOCKET;
    } catch (UnsupportedOperationException e) {
      return attributes(path).isOther(); // Windows
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Does not wait for a server whose queue is full. */
  private static boolean isServed(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      var _ = probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) { // its queue is full, or we may not ask
      throw new IOException("a server may listen there: " + e.getMessage(), e);
    }
  }

  /**
   * Sets the permissions of a file that was just bound.
   *
   * @throws IOException when they cannot be set; the file is removed
   */
  static SocketFile opened(UnixListener listener) throws IOException {
    Path path = listener.path();
    try {
      var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      if (view != null) {
        view.setPermissions(listener.permissions());
      }
      return new SocketFile(path, Identity.of(path));
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Removes the file, unless it is that of another server by now. */
  void remove() {
    try {
      if (Identity.of(path).equals(identity)) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException _) {
      // somebody else has removed it
    } catch (IOException e) {
      LOG.log(Level.WARNING, "unix:" + path + " could not be removed: " + e);
    }
  }
}
