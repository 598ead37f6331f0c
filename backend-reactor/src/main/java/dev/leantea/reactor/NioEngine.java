package dev.leantea.reactor;

import dev.leantea.loop.Fifo;
import dev.leantea.loop.SocketLoop;
import dev.leantea.server.AcceptFailures;
import dev.leantea.server.Listeners;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
  private final List<NioListener> listeners = new ArrayList<>();

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

  private NioEngine(Loop loop, Selector selector) {
    this.loop = loop;
    this.selector = selector;
    this.operations = new NioOperations(loop, selector);
  }

  static NioEngine open(Loop loop) throws IOException {
    return new NioEngine(loop, Selector.open());
  }

  @Override
  public SocketAddress listen(int number, SocketAddress address, Supplier<Engine> next)
      throws IOException {
    AcceptFailures failures = loop.server.acceptFailures();
    NioListener listener =
        NioListener.open(
            number, address, selector, failures, accepted -> deal(accepted, number, next));
    listeners.add(listener);
    return listener.address();
  }

  private void deal(SocketChannel accepted, int number, Supplier<Engine> next) {
    NioEngine engine = (NioEngine) next.get();
    if (engine == this) {
      take(accepted, number);
    } else {
      engine.takeFromAnyLoop(accepted, number);
    }
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
    } else if (key.attachment() instanceof NioListener listener) {
      listener.acceptAll();
    }
  }

  /** Serves a connection that another loop's listener accepted. Any thread. */
  private void takeFromAnyLoop(SocketChannel accepted, int number) {
    loop.execute(() -> take(accepted, number));
  }

  private void take(SocketChannel accepted, int number) {
    try {
      accepted.configureBlocking(false);
      Listeners.configure(accepted);
      var socket = new NioSocket(this, accepted, accepted.register(selector, SelectionKey.OP_READ));
      socket.open(loop, number);
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
    listeners.forEach(NioListener::resume);
  }

  @Override
  public void acceptFor(Engine other) {
    var engine = (NioEngine) other;
    listeners.forEach(
        listener ->
            listener.acceptFor(accepted -> engine.takeFromAnyLoop(accepted, listener.number)));
  }

  @Override
  public void stopAccepting() {
    listeners.forEach(NioListener::acceptAll);
    listeners.forEach(NioListener::close);
    try {
      selector.selectNow(collector); // releases the listeners' keys
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void closeByForce() {
    listeners.forEach(NioListener::close);
    selector.keys().stream()
        .filter(key -> !(key.attachment() instanceof NioWaits)) // others go on with those
        .forEach(key -> closeQuietly(key.channel()));
    closeQuietly(selector); // which releases the descriptors of the closed channels
  }

  @Override
  public void close() {
    listeners.forEach(NioListener::close);
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      operations.close();
    }
  }
}
