package dev.leantea.blocking;

import dev.leantea.server.Listeners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A platform thread with a listener of its own: the kernel deals new connections out to the
 * listeners of a port (SO_REUSEPORT), so acceptors share nothing. It keeps the JVM alive.
 *
 * <p>It waits in a selector rather than in {@code accept}, so that {@link #stop} can wake it and
 * let it take what the kernel already holds: those clients were accepted.
 */
final class Acceptor implements Runnable {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** How long to leave the listener alone when the process has no file descriptor left. */
  private static final long BACK_OFF_MILLIS = 100;

  private final ServerSocketChannel listener;
  private final Selector selector;
  private final InetSocketAddress address;
  private final Thread thread;
  private BlockingServer server;
  private volatile boolean stopping;

  @SuppressWarnings("NullAway.Init") // start names the server, before the thread runs
  private Acceptor(ServerSocketChannel listener, Selector selector, int number) throws IOException {
    this.listener = listener;
    this.selector = selector;
    this.address = (InetSocketAddress) listener.getLocalAddress();
    this.thread = Thread.ofPlatform().name("leantea-acceptor-" + number).unstarted(this);
  }

  static Acceptor bind(InetSocketAddress address, int number) throws IOException {
    ServerSocketChannel listener = Listeners.open(address);
    try {
      Selector selector = Selector.open();
      listener.register(selector, SelectionKey.OP_ACCEPT);
      return new Acceptor(listener, selector, number);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  void start(BlockingServer owner) {
    server = owner;
    thread.start();
  }

  /** Takes what the kernel holds, closes the listener, and returns when that is done. */
  void stop() {
    stopping = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes a listener that never started. */
  void abandon() {
    try {
      selector.close();
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void run() {
    while (!stopping) {
      acceptAll();
    }
    acceptAll();
    abandon();
  }

  private void acceptAll() {
    try {
      if (!stopping) {
        selector.select(_ -> {});
      }
      for (SocketChannel channel = listener.accept();
          channel != null;
          channel = listener.accept()) {
        server.accepted(channel);
      }
    } catch (IOException e) {
      backOff(e);
    }
  }

  /** EMFILE and the like: the connection stays in the kernel; trying again at once would spin. */
  private void backOff(IOException e) {
    LOG.log(Level.WARNING, "cannot accept, waiting " + BACK_OFF_MILLIS + " ms: " + e.getMessage());
    try {
      Thread.sleep(BACK_OFF_MILLIS);
    } catch (InterruptedException interrupted) {
      stopping = true;
    }
  }
}
