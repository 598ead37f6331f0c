package dev.leantea.netty;

import dev.leantea.loop.Carrier;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

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
  private static final Logger LOG = System.getLogger("dev.leantea");

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
        turn();
      } catch (RuntimeException | Error e) {
        log(e);
      }
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

  /** A failure that Netty lets through costs the turn. */
  private void log(Throwable failure) {
    try {
      LOG.log(Level.ERROR, "an event loop goes on after a turn that failed", failure);
    } catch (RuntimeException | Error _) {
      // No memory for the line, and none to say so.
    }
  }
}
