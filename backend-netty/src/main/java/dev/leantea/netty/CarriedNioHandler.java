package dev.leantea.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Netty's handler of NIO for an event loop that is a virtual thread. There a selector would wait
 * through the JDK's pollers, three hand-overs away; so the waiting is done on the platform thread
 * that carries the loop, and Netty only asks what is ready.
 *
 * <p>The loop's thread, except where it says otherwise.
 */
final class CarriedNioHandler implements IoHandler {
  private final CarriedEventLoop loop;
  private final IoHandler netty;

  /** Whether the platform thread waits, or is about to. */
  private final AtomicBoolean waiting = new AtomicBoolean();

  /** Of the first channel that was registered; Netty does not show it otherwise. */
  private volatile @Nullable Selector selector;

  private CarriedNioHandler(CarriedEventLoop loop, IoHandler netty) {
    this.loop = loop;
    this.netty = netty;
  }

  static IoHandlerFactory newFactory() {
    IoHandlerFactory netty = NioIoHandler.newFactory();
    return loop -> new CarriedNioHandler((CarriedEventLoop) loop, netty.newHandler(loop));
  }

  /** Netty asks what is ready, and does not wait. */
  private static final class NotWaiting implements IoHandlerContext {
    static final NotWaiting INSTANCE = new NotWaiting();

    @Override
    public boolean canBlock() {
      return false;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return 0;
    }

    @Override
    public long deadlineNanos() {
      return -1;
    }
  }

  @Override
  public int run(IoHandlerContext context) {
    waiting.set(true);
    if (context.canBlock()) {
      await(context.delayNanos(System.nanoTime()));
    }
    waiting.set(false);
    return netty.run(NotWaiting.INSTANCE);
  }

  private void await(long nanos) {
    Selector current = selector;
    if (current == null) {
      LockSupport.parkNanos(this, nanos); // no channel yet: tasks are all that may come
    } else {
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
      loop.carrier().runOnPlatformThread(() -> select(current, millis));
    }
  }

  /** The platform thread. What a handler added meanwhile has ended the waiting. */
  private void select(Selector current, long millis) {
    try {
      if (loop.carrier().beginWait() && waiting.get()) {
        current.select(_ -> {}, millis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends the waiting. Netty's own wake-up is not used: its selector would stay woken. Any thread.
   */
  @Override
  public void wakeup() {
    if (waiting.compareAndSet(true, false)) {
      Selector current = selector;
      if (current == null) {
        LockSupport.unpark(loop.carrier().owner());
      } else {
        current.wakeup();
      }
    }
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    IoRegistration registration = netty.register(handle);
    if (selector == null) {
      SelectionKey key = registration.attachment();
      selector = key.selector();
    }
    return registration;
  }

  @Override
  public void initialize() {
    netty.initialize();
  }

  @Override
  public void prepareToDestroy() {
    netty.prepareToDestroy();
  }

  @Override
  public void destroy() {
    netty.destroy();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return netty.isCompatible(handleType);
  }
}
