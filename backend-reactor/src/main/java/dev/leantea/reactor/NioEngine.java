package dev.leantea.reactor;

import dev.leantea.backend.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The engine on {@link Selector}: epoll on Linux, kqueue on macOS. Readiness: the selector says
 * which sockets can be read or written, and the engine does so, through two direct buffers that all
 * its sockets share.
 */
final class NioEngine implements Engine {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final int RECEIVE_OCTETS = 64 * 1024;
  private static final int SEND_OCTETS = 64 * 1024;

  private final Loop loop;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final SelectionKey listening;
  private final InetSocketAddress address;

  final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(RECEIVE_OCTETS);
  final byte[] received = new byte[RECEIVE_OCTETS];
  final ByteBuffer sendBuffer = ByteBuffer.allocateDirect(SEND_OCTETS);

  private NioEngine(Loop loop, Selector selector, ServerSocketChannel listener) throws IOException {
    this.loop = loop;
    this.selector = selector;
    this.listener = listener;
    this.listening = listener.register(selector, SelectionKey.OP_ACCEPT);
    this.address = (InetSocketAddress) listener.getLocalAddress();
  }

  static NioEngine open(Loop loop, InetSocketAddress address) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      listener.configureBlocking(false);
      listener.bind(address, ServerConfig.BACKLOG);
      return new NioEngine(loop, Selector.open(), listener);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void turn(long nanos) throws IOException {
    if (nanos == 0) {
      selector.selectNow(this::handle);
    } else {
      selector.select(this::handle, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }
  }

  private void handle(SelectionKey key) {
    if (key.attachment() instanceof NioSocket socket) {
      socket.handle(key);
    } else {
      acceptAll();
    }
  }

  private void acceptAll() {
    try {
      for (SocketChannel channel = listener.accept();
          channel != null;
          channel = listener.accept()) {
        accept(channel);
      }
    } catch (IOException e) {
      // EMFILE and the like: the connection stays in the kernel, and trying again at once would
      // spin.
      LOG.log(Level.WARNING, "cannot accept, pausing: " + e.getMessage());
      if (listening.isValid()) {
        listening.interestOps(0);
      }
    }
  }

  private void accept(SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var socket = new NioSocket(this, channel, channel.register(selector, SelectionKey.OP_READ));
      socket.open(loop);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection was gone before it was served", e);
      channel.close();
    }
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public void resumeAccepting() {
    if (listening.isValid() && listening.interestOps() == 0) {
      listening.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void stopAccepting() {
    acceptAll();
    try {
      listening.cancel();
      listener.close();
      selector.selectNow(
          this::handle); // the descriptor is released when the selector lets go of it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
