package dev.leantea.reactor;

import dev.leantea.loop.SocketLoop;
import dev.leantea.loop.SocketOperation;
import dev.leantea.loop.SocketOperation.Kind;
import dev.leantea.loop.SocketOperation.Outcome;

/**
 * Waits for the sockets of handlers by entries of the ring, which are submitted with all others of
 * the turn. The loop's thread, unless stated otherwise.
 *
 * <pre>
 *  begin ─▶ RECV, POLL_ADD ─┬─ completion ─▶ the handler's thread goes on
 *                           └─ deadline, interrupt ─▶ ASYNC_CANCEL ─▶ completion, bytes perhaps
 * </pre>
 *
 * <p>Bytes arrive in a buffer of the engine's {@link BufferRing} and are copied to the handler's
 * array, so a wait holds no memory. The handler's thread waits until the completion, whatever
 * becomes of its socket, so the array is not in use by anybody else.
 */
final class UringOperations implements SocketLoop {
  private static final long RECEIVE = Ring.operation(Abi.OP_RECV, Abi.SQE_BUFFER_SELECT, 0);
  private static final long POLL = Ring.operation(Abi.OP_POLL_ADD, 0, 0);

  private final Loop loop;
  private final Ring ring;
  private final BufferRing buffers;
  private final PendingOperations pending = new PendingOperations();
  private boolean closed;

  UringOperations(Loop loop, Ring ring, BufferRing buffers) {
    this.loop = loop;
    this.ring = ring;
    this.buffers = buffers;
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
    } else {
      put(operation, pending.add(operation));
    }
  }

  private void put(SocketOperation operation, int slot) {
    long userData = UringEngine.OPERATION | slot;
    int descriptor = operation.descriptor();
    if (operation.kind() == Kind.RECEIVE) {
      ring.put(RECEIVE, descriptor, 0, 0, operation.length(), 0, userData, BufferRing.GROUP);
    } else {
      ring.put(POLL, descriptor, 0, 0, 0, Abi.POLLOUT, userData, 0);
    }
  }

  @Override
  public void cancel(SocketOperation operation) {
    int slot = closed ? -1 : pending.slotOf(operation);
    if (slot >= 0 && !operation.isEnding()) {
      operation.endAs(Outcome.CANCELLED);
      cancel(slot);
    }
  }

  private void cancel(int slot) {
    UringSocket.cancel(ring, UringEngine.OPERATION | slot, UringEngine.OPERATION_CANCEL | slot);
  }

  /** A cancel found nothing: the operation has completed, or was about to go on. */
  void cancelFailed(int slot) {
    SocketOperation operation = pending.at(slot);
    if (operation != null && operation.isEnding()) {
      cancel(slot);
    }
  }

  /** The time that the loop may wait for events. */
  long limit(long nanos) {
    return pending.limit(nanos);
  }

  /** Ends what is past its deadline. */
  void expire() {
    pending.expire(operation -> cancel(pending.slotOf(operation)));
  }

  /**
   * An operation of the ring has completed.
   *
   * @param result not negative, or the error number negated
   */
  void completed(int slot, int result, int flags) {
    SocketOperation operation = pending.at(slot);
    if (operation == null) {
      throw new IllegalStateException("a completion for a slot that is free: " + slot);
    }
    boolean hasBuffer = (flags & Abi.CQE_BUFFER) != 0;
    int buffer = flags >>> Abi.CQE_BUFFER_SHIFT;
    if (hasBuffer && result > 0) {
      buffers.take(buffer, operation.target(), operation.offset(), result);
    } else if (hasBuffer) {
      buffers.give(buffer);
    }
    if (isPassing(-result) && !closed && !operation.isEnding()) {
      put(operation, slot);
    } else {
      pending.remove(slot);
      end(operation, result);
    }
  }

  /** No receive buffer was free: all are again when this turn has ended. */
  private static boolean isPassing(int errno) {
    return errno == Errno.ENOBUFS || errno == Errno.EINTR || errno == Errno.EAGAIN;
  }

  private void end(SocketOperation operation, int result) {
    if (result >= 0) {
      boolean received = operation.kind() == Kind.RECEIVE;
      operation.complete(received ? Outcome.RECEIVED : Outcome.READY, result);
    } else if (operation.isEnding()) {
      operation.complete(operation.ending(), 0);
    } else if (closed) {
      operation.complete(Outcome.LOOP_ENDED, 0);
    } else {
      operation.complete(Outcome.FAILED, -result);
    }
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** The loop is over: what is in progress is about to be cancelled, and nothing begins. */
  void close() {
    closed = true;
  }

  /** Completes what the kernel did not. */
  void abandonAll() {
    pending.abandonAll();
  }
}
