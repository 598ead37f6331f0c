package dev.leantea.http2;

import dev.leantea.wire.Owner;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The owner of a connection on the blocking backend, where the connection's thread only reads and
 * each handler has a virtual thread of its own. Whoever holds the lock is the owner thread.
 *
 * <pre>
 *  reader ── enter, process frames, exit ──┐
 *  handler ── execute ─▶ queue ────────────┴─▶ run by whoever holds the lock, in order
 * </pre>
 *
 * <p>{@link #execute} never waits for the lock: its caller may hold another one, which the holder
 * of this one needs.
 */
final class SharedOwner implements Owner {
  private final Owner target;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  SharedOwner(Owner target) {
    this.target = target;
  }

  /** Waits for the lock: the calling thread is the owner thread now. */
  void enter() {
    lock.lock();
  }

  /** Runs the tasks that came meanwhile, and gives the lock back. */
  void exit() {
    try {
      runTasks();
    } finally {
      lock.unlock();
    }
    runTasksIfFree();
  }

  /** What a thread that holds the lock may wait for. */
  Condition newCondition() {
    return lock.newCondition();
  }

  /** Runs the tasks that came meanwhile. Lock held. */
  void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** A task may have come after the last look at the queue, and before the lock was free. */
  private void runTasksIfFree() {
    while (!tasks.isEmpty() && lock.tryLock()) {
      try {
        runTasks();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public boolean isCurrent() {
    return lock.isHeldByCurrentThread();
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!lock.isHeldByCurrentThread()) { // else exit runs it
      runTasksIfFree();
    }
  }

  @Override
  public void start(Runnable handler) {
    target.startApart(handler);
  }

  @Override
  public void startNonBlocking(Runnable handler) {
    target.startApart(handler);
  }

  @Override
  public void startBeside(Runnable handler) {
    target.startApart(handler);
  }

  @Override
  public boolean takeHeld() {
    return false;
  }

  @Override
  public boolean readsItself() {
    return false; // it reads for all streams: their handlers wait
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public boolean draining() {
    return target.draining();
  }
}
