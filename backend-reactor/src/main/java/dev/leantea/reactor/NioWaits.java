package dev.leantea.reactor;

import dev.leantea.loop.SocketOperation;
import dev.leantea.loop.SocketOperation.Kind;
import dev.leantea.loop.SocketOperation.Outcome;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;

/**
 * Who waits for one socket in one loop: the attachment of the socket's key. The loop's thread.
 *
 * <p>Interest in writing and connecting ends with the wait. Interest in reading stays, for the next
 * wait is most likely one for reading, and each change is a system call; it ends when the socket is
 * readable and nobody here waits, because another loop or thread reads it now.
 */
final class NioWaits {
  private static final int NOBODY = -1;

  private final NioOperations operations;
  private int reading = NOBODY;
  private int writing = NOBODY;

  NioWaits(NioOperations operations) {
    this.operations = operations;
  }

  void add(SocketOperation operation, int slot, SelectionKey key) {
    if (operation.kind() == Kind.RECEIVE) {
      reading = slot;
    } else {
      writing = slot;
    }
    int interest = interest(operation);
    if ((key.interestOps() & interest) == 0) {
      key.interestOpsOr(interest);
    }
  }

  private static int interest(SocketOperation operation) {
    if (operation.kind() == Kind.RECEIVE) {
      return SelectionKey.OP_READ;
    }
    return operation.channel().isConnectionPending()
        ? SelectionKey.OP_CONNECT
        : SelectionKey.OP_WRITE;
  }

  /** Its wait ends for another reason. */
  void forget(SocketOperation operation) {
    if (operation.kind() == Kind.RECEIVE) {
      reading = NOBODY;
    } else {
      writing = NOBODY;
    }
  }

  /** The selector found the socket ready, or closed. */
  void handle(SelectionKey key) {
    try {
      int ready = key.readyOps();
      if ((ready & ~SelectionKey.OP_READ) != 0) {
        key.interestOpsAnd(SelectionKey.OP_READ);
        endWriting();
      }
      if ((ready & SelectionKey.OP_READ) != 0) {
        readable(key);
      }
    } catch (CancelledKeyException _) {
      endReading();
      endWriting();
    }
  }

  private void readable(SelectionKey key) {
    if (reading == NOBODY) {
      key.interestOpsAnd(~SelectionKey.OP_READ);
    } else {
      endReading();
    }
  }

  private void endReading() {
    int slot = reading;
    reading = NOBODY;
    end(slot);
  }

  private void endWriting() {
    int slot = writing;
    writing = NOBODY;
    end(slot);
  }

  private void end(int slot) {
    if (slot != NOBODY) {
      operations.end(slot, Outcome.READY);
    }
  }
}
