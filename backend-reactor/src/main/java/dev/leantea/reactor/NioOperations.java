package dev.leantea.reactor;

import dev.leantea.loop.SocketLoop;
import dev.leantea.loop.SocketOperation;
import dev.leantea.loop.SocketOperation.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Waits for the sockets of handlers by the loop's selector. The handler reads and writes itself
 * when its socket is ready. The loop's thread, unless stated otherwise.
 *
 * <p>A socket stays registered with each loop that has waited for it, until it is closed.
 */
final class NioOperations implements SocketLoop {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final Loop loop;
  private final Selector selector;
  private final PendingOperations pending = new PendingOperations();
  private boolean closed;

  NioOperations(Loop loop, Selector selector) {
    this.loop = loop;
    this.selector = selector;
  }

  /** Any thread. */
  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public void begin(SocketOperation operation) {
    if (closed) {
      operation.complete(Outcome.LOOP_ENDED, 0);
      return;
    }
    int slot = pending.add(operation);
    try {
      SelectionKey key = key(operation.channel());
      if (key.attachment() instanceof NioWaits waits) {
        waits.add(operation, slot, key);
      }
    } catch (ClosedChannelException | CancelledKeyException e) {
      LOG.log(Level.DEBUG, "a socket was closed before it was waited for", e);
      end(slot, Outcome.READY);
    }
  }

  private SelectionKey key(SocketChannel channel) throws ClosedChannelException {
    SelectionKey known = channel.keyFor(selector);
    return known == null ? channel.register(selector, 0, new NioWaits(this)) : known;
  }

  /** Lets the handler's thread go on that waits. */
  void end(int slot, Outcome outcome) {
    SocketOperation operation = pending.at(slot);
    if (operation != null) {
      pending.remove(slot);
      operation.complete(outcome, 0);
    }
  }

  @Override
  public void cancel(SocketOperation operation) {
    if (pending.slotOf(operation) >= 0) {
      operation.endAs(Outcome.CANCELLED);
      endEarly(operation);
    }
  }

  private void endEarly(SocketOperation operation) {
    SelectionKey key = operation.channel().keyFor(selector);
    if (key != null && key.attachment() instanceof NioWaits waits) {
      waits.forget(operation);
    }
    end(pending.slotOf(operation), operation.ending());
  }

  /** The time that the loop may wait for events. */
  long limit(long nanos) {
    return pending.limit(nanos);
  }

  /** Ends what is past its deadline. */
  void expire() {
    pending.expire(this::endEarly);
  }

  /** The loop is over. */
  void close() {
    closed = true;
    pending.abandonAll();
  }
}
