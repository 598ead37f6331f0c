package dev.leantea.reactor;

import java.util.List;

/**
 * Assigns the connections of a listener to all loops in turn, where the kernel does not distribute
 * them among listeners of several loops: see {@link Listening}. The thread of the loop that
 * listens.
 */
final class Dealer {
  private final List<Loop> loops;
  private int next;

  /**
   * @param loops of which one has the listener
   */
  Dealer(List<Loop> loops) {
    this.loops = List.copyOf(loops);
  }

  /** The engine of the next loop that serves; of any if all are held. */
  Engine next() {
    Loop loop = nextLoop();
    for (int i = 1; i < loops.size() && !serves(loop); i++) {
      loop = nextLoop();
    }
    return loop.engine();
  }

  private static boolean serves(Loop loop) {
    return loop.isAlive() && !loop.carrier.isHeld();
  }

  private Loop nextLoop() {
    Loop loop = loops.get(next);
    next = (next + 1) % loops.size();
    return loop;
  }
}
