package dev.leantea.loop;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether the loop that carries a thread can wait for its sockets.
 *
 * <p>It cannot while the thread is pinned: such a thread keeps the platform thread when it waits,
 * and the loop with it, so the loop would never begin what the thread waits for. Two looks find
 * that out: {@link #testPin}, where a connection is made, for that is what the initialisers of
 * classes do, and that of {@link HoldSampler}, some milliseconds later. What is found holds until
 * the end of the thread's step, for a pinned thread takes no other.
 */
final class CarriedSockets {
  private final Carrier carrier;

  /** Null for a loop whose engine does not wait for sockets of handlers. */
  private @Nullable SocketLoop loop;

  /** The last wait that a thread of this loop began. */
  private final AtomicReference<@Nullable SocketOperation> last = new AtomicReference<>(null);

  /** The step in which a thread was found to be pinned. */
  private long pinnedStep = -1;

  CarriedSockets(Carrier carrier) {
    this.carrier = carrier;
  }

  void serveBy(SocketLoop engine) {
    loop = engine;
  }

  /** The loop that waits for the caller's sockets; null where the caller waits as the JDK does. */
  static @Nullable SocketLoop loopOfCaller() {
    CarriedSockets mine = ofCaller();
    if (mine == null || mine.carrier.stepCount() == mine.pinnedStep) {
      return null;
    }
    return mine.loop;
  }

  /** Null where no loop carries the caller, and on the loop's own thread, which must not wait. */
  private static @Nullable CarriedSockets ofCaller() {
    return Thread.currentThread().isVirtual()
            && CarriedThreads.current() instanceof CarrierThread thread
            && !thread.carrier().isOwner()
        ? thread.carrier().sockets()
        : null;
  }

  /** Finds out whether the caller is pinned: then it is still in the same step after a yield. */
  @SuppressWarnings("ThreadPriorityCheck") // the scheduler is the carrier
  static void testPin() {
    CarriedSockets mine = ofCaller();
    if (mine != null && mine.loop != null) {
      long step = mine.carrier.stepCount();
      Thread.yield();
      mine.pinnedIf(step);
    }
  }

  private void pinnedIf(long step) {
    if (ofCaller() == this && carrier.stepCount() == step) {
      pinnedStep = step;
    }
  }

  /** The caller is about to wait. */
  static void waitsFor(SocketOperation operation) {
    CarriedSockets mine = ofCaller();
    if (mine != null) {
      mine.last.setOpaque(operation);
    }
  }

  /** The caller's wait was taken back. */
  static void foundPinned() {
    CarriedSockets mine = ofCaller();
    if (mine != null) {
      mine.pinnedStep = mine.carrier.stepCount();
    }
  }

  /** The platform thread is held: the last wait may never begin. The sampler. */
  void withdraw() {
    SocketOperation operation = last.getOpaque();
    if (operation != null) {
      operation.withdraw();
    }
  }
}
