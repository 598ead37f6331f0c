package dev.leantea.loop;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.net.SocketImpl;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * What JDK 25 has for sockets and does not export: the descriptor of a channel, a wait for it as
 * {@link java.net.Socket} waits, and a shutdown that needs no connection. The option {@code
 * --add-opens java.base/java.lang=…} gives access to them as well: {@code java.lang.Module} can
 * open further packages. Without it {@link #missing} says why, and nothing else may be called.
 */
final class JdkSockets {
  private static final int SHUT_RDWR = 2;
  private static final Access ACCESS = Access.open();
  private static final MethodHandle DESCRIPTOR = ACCESS.descriptor();
  private static final MethodHandle FILE = ACCESS.file();
  private static final MethodHandle PARK = ACCESS.park();
  private static final MethodHandle SHUTDOWN = ACCESS.shutdown();
  private static final MethodHandle NEW_IMPL = ACCESS.newImpl();

  private JdkSockets() {}

  /** The handles; all of them are empty together, and then there is a reason. */
  private record Access(
      MethodHandle descriptor,
      MethodHandle file,
      MethodHandle park,
      MethodHandle shutdown,
      MethodHandle newImpl,
      int readable,
      int writable,
      Optional<String> missing) {
    private static final String PACKAGE = "sun.nio.ch";
    private static final MethodType OPEN =
        MethodType.methodType(void.class, String.class, Module.class);
    private static final MethodType DESCRIPTOR =
        MethodType.methodType(int.class, SocketChannel.class);
    private static final MethodType FILE =
        MethodType.methodType(FileDescriptor.class, SocketChannel.class);
    private static final MethodType PARK =
        MethodType.methodType(void.class, SocketChannel.class, int.class, long.class);
    private static final MethodType SHUTDOWN =
        MethodType.methodType(void.class, FileDescriptor.class, int.class);
    private static final MethodType NEW_IMPL =
        MethodType.methodType(SocketImpl.class, boolean.class);

    static Access open() {
      try {
        return find(MethodHandles.lookup());
      } catch (Throwable e) {
        var none = MethodHandles.empty(MethodType.methodType(void.class));
        return new Access(none, none, none, none, none, 0, 0, Optional.of(String.valueOf(e)));
      }
    }

    private static Access find(Lookup here) throws Throwable {
      MethodHandle open =
          MethodHandles.privateLookupIn(Module.class, here)
              .findVirtual(Module.class, "implAddOpens", OPEN);
      open.invoke(Object.class.getModule(), PACKAGE, JdkSockets.class.getModule());
      Class<?> channel = Class.forName(PACKAGE + ".SelChImpl");
      Class<?> net = Class.forName(PACKAGE + ".Net");
      Class<?> impl = Class.forName(PACKAGE + ".NioSocketImpl");
      Lookup channels = MethodHandles.privateLookupIn(channel, here);
      Lookup nets = MethodHandles.privateLookupIn(net, here);
      return new Access(
          channels
              .findVirtual(channel, "getFDVal", DESCRIPTOR.dropParameterTypes(0, 1))
              .asType(DESCRIPTOR),
          channels.findVirtual(channel, "getFD", FILE.dropParameterTypes(0, 1)).asType(FILE),
          channels.findVirtual(channel, "park", PARK.dropParameterTypes(0, 1)).asType(PARK),
          nets.findStatic(net, "shutdown", SHUTDOWN),
          MethodHandles.privateLookupIn(impl, here)
              .findConstructor(impl, NEW_IMPL.changeReturnType(void.class))
              .asType(NEW_IMPL),
          (short) nets.findStaticGetter(net, "POLLIN", short.class).invoke(),
          (short) nets.findStaticGetter(net, "POLLOUT", short.class).invoke(),
          Optional.empty());
    }
  }

  /** Why there is no access; empty where there is. */
  static Optional<String> missing() {
    return ACCESS.missing();
  }

  /** The system's number of a channel's socket. */
  static int descriptor(SocketChannel channel) {
    try {
      return (int) DESCRIPTOR.invokeExact(channel);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("sockets: the JDK named no descriptor", e);
    }
  }

  /**
   * Waits until bytes can be read, as the JDK does for its own sockets: a virtual thread parks.
   *
   * @param nanos at most so long; 0 for ever
   */
  static void awaitReadable(SocketChannel channel, long nanos) throws IOException {
    park(channel, ACCESS.readable(), nanos);
  }

  /** Waits until bytes can be written, or a connection is there or refused: as above. */
  static void awaitWritable(SocketChannel channel, long nanos) throws IOException {
    park(channel, ACCESS.writable(), nanos);
  }

  private static void park(SocketChannel channel, int event, long nanos) throws IOException {
    try {
      PARK.invokeExact(channel, event, nanos);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("sockets: the JDK refused a wait", e);
    }
  }

  /** Ends both directions of a socket, connected or about to be: whoever waits for it goes on. */
  static void shutdown(SocketChannel channel) throws IOException {
    try {
      FileDescriptor file = (FileDescriptor) FILE.invokeExact(channel);
      SHUTDOWN.invokeExact(file, SHUT_RDWR);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("sockets: the JDK refused a shutdown", e);
    }
  }

  /** What the JDK makes a client's socket of. */
  static SocketImpl newImpl() {
    try {
      return (SocketImpl) NEW_IMPL.invokeExact(false);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("sockets: the JDK made none", e);
    }
  }
}
