package dev.leantea.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.leantea.tls.Tls;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A unix domain socket: clients on this machine connect to a file. See {@link Listener}. Immutable;
 * any thread.
 *
 * <p>The file is created when the server starts, and removed when it stops accepting. One that a
 * dead server has left is replaced; a server does not start where another one listens, or where the
 * path is a file of another kind. Two processes that start at the same moment where a dead one has
 * left its file may both find it dead: then the later one has the path.
 *
 * <p>{@link dev.leantea.http.Request#remoteAddress} of its requests is a {@link
 * UnixDomainSocketAddress} with an empty path, for a client has no address here. With {@link
 * #withProxyProtocol} it is the address in the header.
 */
public final class UnixListener implements Listener {
  /** {@code sun_path} in {@code sys/un.h} of Linux, without the zero at its end. */
  private static final int MAX_PATH_BYTES = 107;

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final Set<PosixFilePermission> permissions;
  private final Optional<Tls> tls;
  private final boolean proxyProtocol;

  UnixListener(Path path) {
    this(requireShort(path), OWNER, Optional.empty(), false);
  }

  private UnixListener(
      Path path, Set<PosixFilePermission> permissions, Optional<Tls> tls, boolean proxyProtocol) {
    this.path = path;
    this.permissions = permissions;
    this.tls = tls;
    this.proxyProtocol = proxyProtocol;
  }

  private static Path requireShort(Path path) {
    int bytes = path.toString().getBytes(UTF_8).length;
    if (bytes == 0 || bytes > MAX_PATH_BYTES) {
      throw new IllegalArgumentException(
          "unix: expected a path of 1 to " + MAX_PATH_BYTES + " bytes, got " + bytes + ": " + path);
    }
    return path;
  }

  /** The file of the socket. */
  public Path path() {
    return path;
  }

  /** Who may connect: whoever may write to the file. */
  public Set<PosixFilePermission> permissions() {
    return permissions;
  }

  @Override
  public Optional<Tls> tls() {
    return tls;
  }

  /** Whether all connections begin with a header of the PROXY protocol. */
  public boolean proxyProtocol() {
    return proxyProtocol;
  }

  /**
   * With other permissions of the file. Connecting needs {@code w}; on the way to the file, each
   * folder needs {@code x}.
   *
   * @param text as {@code ls -l} shows it: {@code rw-rw----} for the file's group as well, {@code
   *     rw-rw-rw-} for all users of this machine; {@code rw-------} by default
   * @throws IllegalArgumentException when it is not of this form
   */
  public UnixListener withPermissions(String text) {
    try {
      var parsed = Set.copyOf(PosixFilePermissions.fromString(text));
      return new UnixListener(path, parsed, tls, proxyProtocol);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "permissions: expected 9 characters such as rw-rw----, got " + text, e);
    }
  }

  @Override
  public UnixListener withTls(Tls settings) {
    return withTls(Optional.of(settings));
  }

  UnixListener withTls(Optional<Tls> settings) {
    return new UnixListener(path, permissions, settings, proxyProtocol);
  }

  /**
   * Behind a load balancer of this machine that speaks the PROXY protocol (HAProxy's {@code
   * send-proxy}): each connection must begin with its header, whose address is the client's.
   */
  public UnixListener withProxyProtocol() {
    return new UnixListener(path, permissions, tls, true);
  }

  /** The address to bind. */
  public UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(path);
  }

  /** As in {@code unix:/run/app/http.sock}. */
  @Override
  public String toString() {
    return "unix:" + path;
  }
}
