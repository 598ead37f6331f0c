package dev.leantea.loop;

import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.util.Optional;

/** Makes sockets whose waits are performed by the loop that carries the caller. Any thread. */
public final class LoopSockets {
  private static final StackWalker CALLERS =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Between here and a server socket are the constructors of a socket and its base classes. */
  private static final int MAX_FRAMES = 16;

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

  /**
   * What a plain {@code new Socket()} is to be made of, where ours are the JVM's default. Only
   * where nothing is {@link #missing}. A socket that a server socket makes, to accept with it, is
   * of the JDK's: it cannot accept with another.
   */
  public static SocketImpl createImpl() {
    boolean accepts =
        CALLERS.walk(
            frames ->
                frames
                    .limit(MAX_FRAMES)
                    .anyMatch(it -> ServerSocket.class.isAssignableFrom(it.getDeclaringClass())));
    return accepts ? JdkSockets.newImpl() : new LoopSocketImpl();
  }
}
