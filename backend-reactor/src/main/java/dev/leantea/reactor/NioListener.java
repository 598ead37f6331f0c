package dev.leantea.reactor;

import dev.leantea.server.AcceptFailures;
import dev.leantea.server.Listeners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/**
 * The listener of an engine on a selector. Its loop's thread, unless stated otherwise.
 *
 * <p>The monitor is held while connections are handed to another loop, and while it closes: when it
 * has closed none is on its way.
 */
final class NioListener {
  private final ServerSocketChannel channel;
  private final SelectionKey key;
  private final InetSocketAddress address;
  private final AcceptFailures failures;

  private NioListener(ServerSocketChannel channel, Selector selector, AcceptFailures failures)
      throws IOException {
    this.failures = failures;
    this.channel = channel;
    this.key = channel.register(selector, SelectionKey.OP_ACCEPT, this);
    this.address = (InetSocketAddress) channel.getLocalAddress();
  }

  /** Binds, with SO_REUSEPORT where the operating system has it. */
  static NioListener open(InetSocketAddress address, Selector selector, AcceptFailures failures)
      throws IOException {
    ServerSocketChannel channel = Listeners.open(address);
    try {
      return new NioListener(channel, selector, failures);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** Accepts all queued connections, and passes each to the taker. */
  void acceptAll(Consumer<SocketChannel> taker) {
    try {
      for (SocketChannel accepted = channel.accept();
          accepted != null;
          accepted = channel.accept()) {
        failures.accepted();
        pass(accepted, taker);
      }
    } catch (IOException e) {
      if (key.isValid()) {
        key.interestOps(0);
      }
      failures.failed(String.valueOf(e.getMessage()));
    }
  }

  private static void pass(SocketChannel accepted, Consumer<SocketChannel> taker)
      throws IOException {
    try {
      taker.accept(accepted);
    } catch (RuntimeException | Error e) {
      accepted.close();
      throw e;
    }
  }

  /**
   * Accepts all queued connections for another loop, unless the listener is closed. Any thread.
   *
   * @param taker hands over a connection, and takes no lock
   */
  synchronized void acceptFor(Consumer<SocketChannel> taker) {
    if (channel.isOpen()) {
      acceptAll(taker);
    }
  }

  void resume() {
    if (key.isValid() && key.interestOps() == 0) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  /** Closes; the descriptor is released at the next select. Any thread. */
  synchronized void close() {
    try {
      key.cancel();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
