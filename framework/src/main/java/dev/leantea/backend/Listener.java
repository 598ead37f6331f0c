package dev.leantea.backend;

import dev.leantea.tls.Tls;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One place where a server listens: a port, or a unix domain socket. A server has one or several of
 * them, with the same handler, limits and life cycle. Immutable; any thread.
 *
 * <pre>{@code
 * ServerConfig.of(8080)
 *     .withListener(Listener.https(8443, Tls.pem(chain, key)))
 *     .withListener(Listener.unix(Path.of("/run/app/http.sock")));
 * }</pre>
 */
public sealed interface Listener permits TcpListener, UnixListener {
  /**
   * A port for HTTP, on all addresses of this machine.
   *
   * @param port 0 to 65535; 0 picks a free one
   * @throws IllegalArgumentException when the port is out of range
   */
  static TcpListener http(int port) {
    return new TcpListener(port);
  }

  /**
   * A port for HTTPS, on all addresses of this machine.
   *
   * @param port 0 to 65535; 0 picks a free one
   * @throws IllegalArgumentException when the port is out of range
   */
  static TcpListener https(int port, Tls tls) {
    return http(port).withTls(tls);
  }

  /**
   * A unix domain socket for HTTP, as of a reverse proxy on the same machine. Its file belongs to
   * the owner of this process alone: see {@link UnixListener#withPermissions}.
   *
   * @param path of the socket's file, in a folder that exists and that this process may write to;
   *     at most 107 bytes, which is a limit of the operating system
   * @throws IllegalArgumentException when the path is too long or empty
   */
  static UnixListener unix(Path path) {
    return new UnixListener(path);
  }

  /** Certificates and settings of TLS; empty for HTTP without TLS. */
  Optional<Tls> tls();

  /** The same place with TLS: it speaks HTTPS alone. */
  Listener withTls(Tls settings);
}
