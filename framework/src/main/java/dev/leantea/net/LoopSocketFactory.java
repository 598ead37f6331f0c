package dev.leantea.net;

import dev.leantea.loop.HostNames;
import dev.leantea.loop.LoopSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * Makes sockets to databases and other servers that wait in the event loop itself.
 *
 * <p>In a handler that an event loop of {@code reactor:io_uring} or {@code reactor:nio} carries,
 * connecting, reading and writing wait by operations of that loop: no other thread is woken. On
 * every other thread, and with the other backends, they wait as the JDK's sockets do. The same
 * socket may be used by one thread after another, whatever their kinds. All else is as {@link
 * Socket} documents it: timeouts, half-close, options, a close by another thread, and an interrupt,
 * which closes the socket of a virtual thread that waits.
 *
 * <p>Libraries that take the name of a class, as pgjdbc does with {@code socketFactory}, call the
 * constructor without arguments:
 *
 * <pre>{@code
 * jdbc:postgresql://localhost/shop?socketFactory=dev.leantea.net.LoopSocketFactory
 * }</pre>
 *
 * <p>Any thread. In a JVM without the option that lets loops carry threads, the sockets are the
 * JDK's own: {@link #unavailable} says so.
 */
public final class LoopSocketFactory extends SocketFactory {
  /** A factory; all are alike. */
  public LoopSocketFactory() {}

  /** Why the sockets are the JDK's own in this JVM; empty where they are not. */
  public static Optional<String> unavailable() {
    return LoopSockets.missing();
  }

  /**
   * Makes each {@code new Socket()} of this JVM a loop socket, for libraries that cannot be given a
   * factory. Once in a JVM, before the first connection. Sockets with a proxy of their own,
   * accepted ones, and channels stay the JDK's; the system properties for a SOCKS proxy have no
   * effect any more.
   *
   * @return false where there are no loop sockets, and nothing was changed
   * @throws IOException when another factory was installed before
   */
  @SuppressWarnings("deprecation") // the one way to do it; not to be removed
  public static boolean install() throws IOException {
    boolean available = unavailable().isEmpty();
    if (available) {
      Socket.setSocketImplFactory(LoopSockets::createImpl);
    }
    return available;
  }

  /** A socket that is not connected. */
  @Override
  public Socket createSocket() throws IOException {
    return LoopSockets.create();
  }

  /** A connected socket. The host's name is looked up beside the loop. */
  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(HostNames.resolve(host), port);
  }

  /** A connected socket that is bound to a local address first. */
  @Override
  public Socket createSocket(String host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket(HostNames.resolve(host), port, localAddress, localPort);
  }

  /** A connected socket. */
  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port)); // closes it when it fails
    return socket;
  }

  /** A connected socket that is bound to a local address first. */
  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(new InetSocketAddress(localAddress, localPort));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }
}
