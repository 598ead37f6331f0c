package dev.leantea.tls.engine;

import java.net.SocketAddress;

/**
 * What the engines of a server are made from: certificates, keys, and settings in the form of the
 * library that encrypts. When files were reloaded a new one replaces it; engines that it has made
 * go on. Any thread.
 */
public interface TlsContext extends AutoCloseable {
  /**
   * The engine of a new connection, on the server's side.
   *
   * @throws IllegalStateException after {@link #close}
   */
  TlsEngine accept(SocketAddress peer);

  /** No more engines are made; memory is released when the last engine is closed. */
  @Override
  void close();
}
