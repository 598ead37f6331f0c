package dev.leantea.blocking;

import dev.leantea.loop.FailureLog;
import dev.leantea.server.AcceptFailures;
import dev.leantea.server.Listeners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A platform thread with a listener of its own: the kernel deals new connections out to the
 * listeners of a port (SO_REUSEPORT), so acceptors share nothing; a unix domain socket has one. It
 * keeps the JVM alive.
 *
 * <p>It waits in a selector rather than in {@code accept}, so that {@link #stop} can wake it and
 * let it take what the kernel already holds: those clients were accepted.
 */
final class Acceptor implements Runnable {
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final SocketAddress address;
  private final AcceptFailures failures;
  private final Consumer<SocketChannel> taker;
  private final Thread thread;
  private final CompletableFuture<Acceptor> ended = new CompletableFuture<>();
  private volatile boolean stopping;

  private Acceptor(
      ServerSocketChannel listener,
      Selector selector,
      int number,
      AcceptFailures failures,
      Consumer<SocketChannel> taker)
      throws IOException {
    this.listener = listener;
    this.selector = selector;
    this.address = listener.getLocalAddress();
    this.failures = failures;
    this.taker = taker;
    this.thread = Thread.ofPlatform().name("leantea-acceptor-" + number).unstarted(this);
  }

  /**
   * Binds; nothing is accepted before {@link #start}.
   *
   * @param taker gets each connection, on the acceptor's thread
   */
  static Acceptor bind(
      SocketAddress address, int number, AcceptFailures failures, Consumer<SocketChannel> taker)
      throws IOException {
    ServerSocketChannel listener = Listeners.open(address);
    try {
      Selector selector = Selector.open();
      listener.register(selector, SelectionKey.OP_ACCEPT);
      return new Acceptor(listener, selector, number, failures, taker);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  SocketAddress address() {
    return address;
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /** Takes what the kernel holds, then closes the listener and ends; done when the future is. */
  CompletableFuture<Acceptor> stop() {
    stopping = true;
    selector.wakeup();
    return ended;
  }

  /** Ends an acceptor of a server that did not come to be, whether or not it has started. */
  void abandon() {
    if (thread.getState() == Thread.State.NEW) {
      close();
    } else {
      var _ = stop();
    }
  }

  private void close() {
    try {
      selector.close();
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        acceptSafely();
      }
      acceptSafely();
    } finally {
      close();
      ended.complete(this);
    }
  }

  /** What goes wrong with one connection must not end the listener. */
  private void acceptSafely() {
    try {
      acceptOrLog();
    } catch (RuntimeException | Error _) {
      // Without memory the JVM may fail in a catch block too.
    }
  }

  private void acceptOrLog() {
    try {
      acceptOrPause();
    } catch (RuntimeException | Error e) {
      FailureLog.error("the listener", "goes on after a connection that could not be started", e);
      pause();
    }
  }

  private void acceptOrPause() {
    try {
      acceptAll();
    } catch (IOException e) {
      failures.failed(String.valueOf(e.getMessage()));
      pause();
    }
  }

  private void acceptAll() throws IOException {
    if (!stopping) {
      selector.select(_ -> {});
    }
    for (int i = 0; i < Listeners.MAX_ACCEPTS; i++) {
      SocketChannel channel = listener.accept();
      if (channel == null) {
        return;
      }
      failures.accepted();
      pass(channel);
    }
  }

  private void pass(SocketChannel channel) throws IOException {
    try {
      taker.accept(channel);
    } catch (RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private void pause() {
    try {
      Thread.sleep(AcceptFailures.PAUSE_MILLIS);
    } catch (InterruptedException e) {
      stopping = true;
    }
  }
}
