package dev.leantea.reactor;

import dev.leantea.loop.Fifo;
import dev.leantea.loop.SocketLoop;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The engine on {@link Selector}: epoll on Linux, kqueue on macOS. It works by readiness: the
 * selector reports which sockets can be read or written, and the engine reads and writes them
 * through two direct buffers that all its sockets share.
 */
final class NioEngine implements Engine {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final int RECEIVE_BYTES = 64 * 1024;
  private static final int SEND_BYTES = 64 * 1024;

  private final Loop loop;
  private final Selector selector;
  private final InetSocketAddress address;

  /** Empty if another loop's listener accepts the connections: see {@link NioDealer}. */
  private final Optional<NioListener> listener;

  private final Consumer<SocketChannel> taker;

  /**
   * Selected keys that are not handled yet. They are handled outside of the select, which holds the
   * selector's lock: {@link #closeByForce} needs it.
   */
  private final Fifo<SelectionKey> ready = new Fifo<>();

  private final Consumer<SelectionKey> collector = ready::add;

  private final NioOperations operations;

  final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(RECEIVE_BYTES);
  final byte[] received = new byte[RECEIVE_BYTES];
  final ByteBuffer sendBuffer = ByteBuffer.allocateDirect(SEND_BYTES);

  private NioEngine(
      Loop loop,
      Selector selector,
      InetSocketAddress address,
      Optional<NioListener> listener,
      Optional<Consumer<SocketChannel>> dealer) {
    this.loop = loop;
    this.selector = selector;
    this.address = address;
    this.listener = listener;
    this.taker = dealer.orElse(this::take);
    this.operations = new NioOperations(loop, selector);
  }

  /** Opens an engine with a listener, whose connections it serves. */
  static NioEngine open(Loop loop, InetSocketAddress address) throws IOException {
    return listening(loop, address, Optional.empty());
  }

  /** Opens an engine with a listener, whose connections are passed to the dealer. */
  static NioEngine dealing(Loop loop, InetSocketAddress address, Consumer<SocketChannel> dealer)
      throws IOException {
    return listening(loop, address, Optional.of(dealer));
  }

  /** Opens an engine for connections that another one accepts: see {@link #takeFromAnyLoop}. */
  static NioEngine withoutListener(Loop loop, InetSocketAddress address) throws IOException {
    return new NioEngine(loop, Selector.open(), address, Optional.empty(), Optional.empty());
  }

  private static NioEngine listening(
      Loop loop, InetSocketAddress address, Optional<Consumer<SocketChannel>> dealer)
      throws IOException {
    Selector selector = Selector.open();
    try {
      NioListener listener = NioListener.open(address, selector, loop.server.acceptFailures());
      return new NioEngine(loop, selector, listener.address(), Optional.of(listener), dealer);
    } catch (IOException | RuntimeException e) {
      selector.close();
      throw e;
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public boolean needsPlatformThread() {
    return true; // on a virtual thread, select waits through the JDK's pollers
  }

  @Override
  public void await(long nanos) throws IOException {
    if (nanos == 0) {
      selector.selectNow(collector);
    } else {
      long limit = operations.limit(nanos);
      selector.select(collector, Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit)));
    }
  }

  @Override
  public void process() {
    for (SelectionKey key = ready.poll(); key != null; key = ready.poll()) {
      handle(key);
    }
    operations.expire();
  }

  private void handle(SelectionKey key) {
    if (key.attachment() instanceof NioSocket socket) {
      socket.handle(key);
    } else if (key.attachment() instanceof NioWaits waits) {
      waits.handle(key);
    } else {
      acceptAll();
    }
  }

  private void acceptAll() {
    listener.ifPresent(it -> it.acceptAll(taker));
  }

  /** Serves a connection that another loop's listener accepted. Any thread. */
  void takeFromAnyLoop(SocketChannel accepted) {
    loop.execute(() -> take(accepted));
  }

  /** Whether its loop serves nobody, for something holds it. Any thread. */
  boolean isHeld() {
    return loop.carrier.isHeld();
  }

  private void take(SocketChannel accepted) {
    try {
      accepted.configureBlocking(false);
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var socket = new NioSocket(this, accepted, accepted.register(selector, SelectionKey.OP_READ));
      socket.open(loop);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection was closed before it was served", e);
      closeQuietly(accepted);
    } catch (RuntimeException | Error e) {
      closeQuietly(accepted);
      throw e;
    }
  }

  private static void closeQuietly(Closeable gone) {
    try {
      gone.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed", e);
    }
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public SocketLoop socketLoop() {
    return operations;
  }

  @Override
  public void resumeAccepting() {
    listener.ifPresent(NioListener::resume);
  }

  @Override
  public void acceptFor(Engine other) {
    listener.ifPresent(it -> it.acceptFor(((NioEngine) other)::takeFromAnyLoop));
  }

  @Override
  public void stopAccepting() {
    acceptAll();
    listener.ifPresent(NioListener::close);
    try {
      selector.selectNow(collector); // releases the listener's key
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void closeByForce() {
    listener.ifPresent(NioListener::close);
    selector.keys().stream()
        .filter(key -> !(key.attachment() instanceof NioWaits)) // others go on with those
        .forEach(key -> closeQuietly(key.channel()));
    closeQuietly(selector); // which releases the descriptors of the closed channels
  }

  @Override
  public void close() {
    listener.ifPresent(NioListener::close);
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      operations.close();
    }
  }
}
