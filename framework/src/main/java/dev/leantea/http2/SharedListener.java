package dev.leantea.http2;

import dev.leantea.exchange.Application;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.util.function.BiFunction;

/**
 * Receives the events of a connection on the blocking backend, and passes them on as the owner
 * thread: with the {@link SharedOwner}'s lock. The backend's thread only reads; deadlines and the
 * server's drain are looked after here, for that thread waits for input without a timer.
 */
final class SharedListener implements WireListener {
  private final SharedOwner owner;
  private final SharedWire wire;
  private final WireListener listener;

  private SharedListener(SharedOwner owner, SharedWire wire, WireListener listener) {
    this.owner = owner;
    this.wire = wire;
    this.listener = listener;
  }

  /**
   * Makes a connection that several threads use at the same time.
   *
   * @param wire of a connection whose thread reads
   * @param protocol makes the connection's listener, whose calls will be serialized
   */
  static WireListener of(
      Application application,
      Wire wire,
      Owner owner,
      BiFunction<Wire, Owner, WireListener> protocol) {
    var shared = new SharedOwner(owner);
    var queued = new SharedWire(wire, shared);
    shared.enter();
    try {
      WireListener listener = protocol.apply(queued, shared);
      Runnable drain = () -> shared.execute(listener::drain);
      queued.start(listener, () -> application.forgetDrain(drain));
      application.onDrain(drain);
      return new SharedListener(shared, queued, listener);
    } finally {
      shared.exit();
    }
  }

  private void asOwner(Runnable event) {
    owner.enter();
    try {
      event.run();
    } finally {
      owner.exit();
    }
  }

  @Override
  public void received(byte[] bytes, int from, int to) {
    asOwner(
        () -> {
          listener.received(bytes, from, to);
          wire.awaitReceiving();
        });
  }

  @Override
  public void discarded(int bytes) {
    asOwner(
        () -> {
          listener.discarded(bytes);
          wire.awaitReceiving();
        });
  }

  @Override
  public void endOfInput() {
    asOwner(
        () -> {
          listener.endOfInput();
          wire.awaitClosed(); // the backend's thread would read the end again and again
        });
  }

  @Override
  public void sent() {
    // the writer knows it first
  }

  @Override
  public void broken() {
    asOwner(
        () -> {
          listener.broken();
          wire.broken();
        });
  }

  @Override
  public void tick() {
    // the writer checks the deadlines
  }

  @Override
  public void drain() {
    owner.execute(listener::drain);
  }

  @Override
  public long deadline() {
    return NEVER;
  }

  @Override
  public boolean isIdle() {
    return false;
  }

  @Override
  public boolean isDrainable() {
    return false;
  }
}
