package dev.leantea.netty;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Event loops that have started. */
final class CarriedEventLoopGroup extends MultiThreadIoEventLoopGroup {
  private static final Executor UNUSED = _ -> {};

  CarriedEventLoopGroup(int count, NettyTransport transport) {
    super(count, UNUSED, transport.carriedHandlers(), transport, new AtomicInteger());
  }

  /** The next loop that nothing holds; any if all are held. Deals out new connections. */
  @Override
  public IoEventLoop next() {
    IoEventLoop next = super.next();
    for (int i = 1; i < executorCount() && isHeld(next); i++) {
      next = super.next();
    }
    return next;
  }

  private static boolean isHeld(IoEventLoop loop) {
    return loop instanceof CarriedEventLoop carried && carried.carrier().isHeld();
  }

  /** Called by the constructor, so it has what the constructor passed on, and no fields. */
  @Override
  protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
    int number = ((AtomicInteger) args[1]).getAndIncrement();
    return CarriedEventLoop.start(this, number, (NettyTransport) args[0]);
  }
}
