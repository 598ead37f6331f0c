package dev.leantea.reactor;

import dev.leantea.server.AcceptFailures;
import dev.leantea.server.Listeners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/**
 * A listener of an engine on a selector. Its loop's thread, unless stated otherwise.
 *
 * <p>The monitor is held while connections are handed to another loop, and while it closes: when it
 * has closed none is on its way.
 */
final class NioListener {
  private final ServerSocketChannel channel;
  private final SelectionKey key;
  private final SocketAddress address;
  private final AcceptFailures failures;
  private final Consumer<SocketChannel> taker;

  /** The listener's number among those of the server. */
  final int number;

  private NioListener(
      int number,
      ServerSocketChannel channel,
      Selector selector,
      AcceptFailures failures,
      Consumer<SocketChannel> taker)
      throws IOException {
    this.number = number;
    this.failures = failures;
    this.taker = taker;
    this.channel = channel;
    this.key = channel.register(selector, SelectionKey.OP_ACCEPT, this);
    this.address = channel.getLocalAddress();
  }

  /**
   * Binds, with SO_REUSEPORT where the operating system has it.
   *
   * @param taker gets each connection, on the loop's thread
   */
  static NioListener open(
      int number,
      SocketAddress address,
      Selector selector,
      AcceptFailures failures,
      Consumer<SocketChannel> taker)
      throws IOException {
    ServerSocketChannel channel = Listeners.open(address);
    try {
      return new NioListener(number, channel, selector, failures, taker);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  SocketAddress address() {
    return address;
  }

  /** Accepts what the kernel has queued, and passes each connection to the taker. */
  void acceptAll() {
    acceptAll(taker);
  }

  private void acceptAll(Consumer<SocketChannel> receiver) {
    try {
      for (int i = 0; i < Listeners.MAX_ACCEPTS; i++) {
        SocketChannel accepted = channel.accept();
        if (accepted == null) {
          return;
        }
        failures.accepted();
        pass(accepted, receiver);
      }
    } catch (IOException e) {
      if (key.isValid()) {
        key.interestOps(0);
      }
      failures.failed(String.valueOf(e.getMessage()));
    }
  }

  private static void pass(SocketChannel accepted, Consumer<SocketChannel> receiver)
      throws IOException {
    try {
      receiver.accept(accepted);
    } catch (RuntimeException | Error e) {
      accepted.close();
      throw e;
    }
  }

  /**
   * Accepts what the kernel has queued for another loop, unless the listener is closed. Any thread.
   *
   * @param other hands over a connection, and takes no lock
   */
  synchronized void acceptFor(Consumer<SocketChannel> other) {
    if (channel.isOpen()) {
      acceptAll(other);
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
