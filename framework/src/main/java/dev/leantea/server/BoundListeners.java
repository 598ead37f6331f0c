package dev.leantea.server;

import dev.leantea.backend.Listener;
import dev.leantea.backend.TcpListener;
import dev.leantea.backend.UnixListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The listeners of a server that are open, and the files of those that are unix domain sockets. The
 * thread that starts the server; when it has started, any thread.
 */
final class BoundListeners {
  /** Held from a look at a socket's file until it is bound. */
  private static final ReentrantLock FILES = new ReentrantLock();

  private final List<Listener> listeners = new ArrayList<>();
  private final List<SocketFile> files = new ArrayList<>();
  private Optional<InetSocketAddress> firstPort = Optional.empty();

  /**
   * Opens one after the other.
   *
   * @throws java.io.UncheckedIOException when one cannot be opened; the message names it
   * @throws IllegalArgumentException when a host cannot be resolved
   */
  void open(List<Listener> asked, ServerEngine engine) {
    for (int number = 0; number < asked.size(); number++) {
      Listener listener = asked.get(number);
      try {
        listeners.add(
            switch (listener) {
              case TcpListener tcp -> open(number, tcp, engine);
              case UnixListener unix -> open(number, unix, engine);
            });
      } catch (IOException e) {
        throw Listeners.failure(listener, e);
      }
    }
  }

  private Listener open(int number, TcpListener listener, ServerEngine engine) throws IOException {
    InetSocketAddress asked = listener.address();
    Listeners.requireFree(asked);
    var bound = (InetSocketAddress) engine.bind(number, asked);
    if (firstPort.isEmpty()) {
      firstPort = Optional.of(bound);
    }
    return listener.withPort(bound.getPort());
  }

  private Listener open(int number, UnixListener listener, ServerEngine engine) throws IOException {
    FILES.lock();
    try {
      SocketFile.claim(listener.path());
      var _ = engine.bind(number, listener.address());
      files.add(SocketFile.opened(listener));
      return listener;
    } finally {
      FILES.unlock();
    }
  }

  /** In the order of the configuration, with the ports that were picked. */
  List<Listener> listeners() {
    return List.copyOf(listeners);
  }

  /** The address of the first listener that is a port. */
  Optional<InetSocketAddress> firstPort() {
    return firstPort;
  }

  /** Removes the files of sockets; the listeners are closed. */
  void removeFiles() {
    files.forEach(SocketFile::remove);
  }
}
