package dev.leantea;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;

/**
 * The shortest way to a server:
 *
 * <pre>{@code
 * LeanTea.serve(8080, request -> Response.text(200, "Hello, World!"));
 * }</pre>
 */
public final class LeanTea {
  private LeanTea() {}

  /**
   * Serves on all addresses of this machine, IPv4 and IPv6, with the backend that {@link
   * Backends#fromEnv} picks. On SIGTERM and SIGINT it answers what is in flight before the JVM
   * ends.
   *
   * @param port 0 to 65535; 0 picks a free one
   * @return the running server; its threads keep the JVM alive
   */
  public static Server serve(int port, Handler handler) {
    return Backends.fromEnv().serve(ServerConfig.of(port), handler).closeOnShutdown();
  }
}
