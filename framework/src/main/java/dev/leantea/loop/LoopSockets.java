package dev.leantea.loop;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.util.Optional;

/** Makes sockets whose waits are performed by the loop that carries the caller. Any thread. */
public final class LoopSockets {
  private LoopSockets() {}

  /** A socket that is built on an implementation of ours. */
  private static final class OfImpl extends Socket {
    OfImpl(SocketImpl impl) throws SocketException {
      super(impl);
    }
  }

  /** Why there are none in this JVM; empty where there are. */
  public static Optional<String> missing() {
    return CarriedThreads.available() ? JdkSockets.missing() : Optional.of(CarriedThreads.option());
  }

  /** A socket that is not connected; one of the JDK's where there are none of ours. */
  public static Socket create() throws SocketException {
    return missing().isPresent() ? new Socket() : new OfImpl(new LoopSocketImpl());
  }

  /** What a socket is made of. Only where nothing is {@link #missing}. */
  public static SocketImpl createImpl() {
    return new LoopSocketImpl();
  }
}
