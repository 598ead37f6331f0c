package dev.leantea.netty;

import dev.leantea.loop.Carrier;
import dev.leantea.loop.FailureLog;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * One of Netty's event loops, run by a {@link Carrier}: it is a virtual thread where loops can
 * carry them, and so are its handlers.
 *
 * <pre>
 *  ┌─▶ run      waits for events, if no handler can go on and there are no tasks; I/O; tasks
 *  └── settle   handlers that can go on take a step; the tasks that they hand over
 * </pre>
 */
final class CarriedEventLoop extends ManualIoEventLoop {
  /** Steps of handlers before the loop looks for events again. */
  private static final int MAX_STEPS = 256;

  private final Carrier carrier;

  private CarriedEventLoop(IoEventLoopGroup group, int number, IoHandlerFactory handlers) {
    super(group, null, handlers);
    this.carrier =
        new Carrier(
            "leantea-netty-loop-" + number,
            "leantea-handler-" + number,
            () -> FastThreadLocalThread.runWithFastThreadLocal(this::serve),
            this::wakeup);
    setOwningThread(carrier.owner());
  }

  /** A loop that runs until the group is shut down. */
  static CarriedEventLoop start(IoEventLoopGroup group, int number, NettyTransport transport) {
    var loop = new CarriedEventLoop(group, number, transport.carriedHandlers());
    loop.carrier.start();
    return loop;
  }

  Carrier carrier() {
    return carrier;
  }

  private void serve() {
    while (!isTerminated()) {
      try {
        turnSafely();
      } catch (RuntimeException | Error _) {
        // The JVM may need memory to return to a frame that was unmounted.
      }
    }
  }

  /** A failure that Netty lets through ends the turn. */
  private void turnSafely() {
    try {
      turn();
    } catch (RuntimeException | Error e) {
      FailureLog.error(carrier.owner().getName(), "goes on after a turn that failed", e);
    }
  }

  private void turn() {
    var _ = Thread.interrupted(); // it would end each wait of a selector at once
    carrier.watch().rest();
    try {
      run(0, 0); // where bytes come in, the connection beats
    } finally {
      carrier.endWait();
    }
    carrier.watch().beat();
    settle();
  }

  private void settle() {
    long last = carrier.stepCount() + MAX_STEPS;
    while (carrier.hasRunnable() && carrier.stepCount() < last) {
      carrier.runOthers();
      runNonBlockingTasks(0);
    }
  }

  /** Netty asks once more when its wake-up has an effect already. */
  @Override
  protected boolean canBlock() {
    return carrier.beginWait();
  }
}
