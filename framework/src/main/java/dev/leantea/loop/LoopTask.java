package dev.leantea.loop;

/** A handler's task that wants to know when it holds the event loop that carries it. */
public interface LoopTask extends Runnable {
  /**
   * The task has held the platform thread of its loop for longer than others should wait, and may
   * still do so. Called by the sampler's thread, once for each such step; it must not block.
   */
  void heldLoop();

  /** The task that runs within this one now, or this one. As {@link #heldLoop}. */
  default LoopTask holder() {
    return this;
  }
}
