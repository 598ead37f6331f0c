package dev.leantea.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The platform thread of one event loop. It runs virtual threads, one step at a time in the order
 * in which they could go on, and nothing else. One of them is the loop itself; the others are the
 * handlers that the loop starts. So whatever waits for a lock, the loop included, is unmounted, and
 * the thread that holds the lock can go on.
 *
 * <pre>
 *  start, unpark (any thread) ─▶ steps: │ handler │ loop │ handler │ ─▶ one step on the platform thread ─┐
 *                                           ▲──────────────── yields ────────────────────────────────────┤
 *                                                             waits: for a lock, a socket, its client ◀──┘
 * </pre>
 *
 * <p>Where loops cannot carry virtual threads ({@link CarriedThreads#available}) the loop runs on
 * the platform thread itself, and handlers run on ordinary virtual threads: a lock's holder is then
 * on a thread of its own.
 */
public final class Carrier {
  private final String name;
  private final CarriedHandlers handlers;
  private final CarrierThread platformThread;
  private final Thread owner;
  private final LoopWatch watch = new LoopWatch();
  private final CarriedSockets sockets = new CarriedSockets(this);
  private final LoopThreadFactory threads = new LoopThreadFactory(this);
  private final ArrivalQueue<CarriedThread> steps = new ArrivalQueue<>();
  private final Consumer<CarriedThread> scheduler = this::post;
  private final CarrierSleep sleep;
  private final AtomicReference<@Nullable CarriedThread> running = new AtomicReference<>(null);

  /** What holds the platform thread was seen by the sampler. */
  private volatile boolean held;

  private Runnable whileHeld = () -> {};

  /** What the platform thread does before the loop's next step. */
  private @Nullable Runnable beforeLoop;

  private long stepCount;

  /** The platform thread runs no more steps. */
  private volatile boolean ended;

  /**
   * A carrier that has not started.
   *
   * @param name of the loop and its platform thread, for logs and thread dumps
   * @param handlerName of the handlers' threads
   * @param loop runs until the loop is over; then the carrier ends
   * @param wakeup ends the loop's wait for events, or the next one; called by any thread
   */
  public Carrier(String name, String handlerName, Runnable loop, Runnable wakeup) {
    this.name = name;
    this.handlers = new CarriedHandlers(this, handlerName, scheduler);
    if (CarriedThreads.available()) {
      var carried = new CarriedThread(scheduler, name, loop);
      this.owner = carried.thread();
      this.platformThread = new CarrierThread(this, name, () -> carry(carried));
    } else {
      CarriedThreads.warnIfMissing();
      this.platformThread = new CarrierThread(this, name, loop);
      this.owner = platformThread;
    }
    this.sleep = new CarrierSleep(platformThread, wakeup);
  }

  // ---- any thread

  /** Starts the loop. Once. */
  public void start() {
    platformThread.start();
  }

  /** Whether {@link #start} was called. */
  public boolean isStarted() {
    return platformThread.getState() != Thread.State.NEW;
  }

  /** Waits until the loop is over and its platform thread has ended. */
  public void join() throws InterruptedException {
    platformThread.join();
  }

  /** Whether the loop is over, or ends within the time. */
  public boolean join(Duration limit) throws InterruptedException {
    return platformThread.join(limit);
  }

  /**
   * Whether something holds its platform thread, as the sampler saw it last: the loop serves nobody
   * meanwhile.
   */
  public boolean isHeld() {
    return held;
  }

  /**
   * About how many threads that it carries can go on and wait for their turn: none where loops
   * cannot carry threads.
   */
  public int waiting() {
    return steps.size() + handlers.size();
  }

  /** Whether its platform thread has not ended. */
  public boolean isAlive() {
    return platformThread.isAlive();
  }

  /** The loop's thread while it is at work; empty while it waits for events, or lets others run. */
  public Optional<Thread> busy() {
    return LoopWatch.isAtWork(watch.loop()) ? Optional.of(owner) : Optional.empty();
  }

  /** The thread of the loop itself. */
  public Thread owner() {
    return owner;
  }

  /** Whether the caller is the loop. */
  public boolean isOwner() {
    return Thread.currentThread() == owner;
  }

  /** Whether the caller is the loop, or a thread that it carries. */
  public boolean isOnPlatformThread() {
    return CarriedThreads.current() == platformThread;
  }

  /** Ends the loop's wait for events: it was given something to do. */
  public void wakeLoop() {
    sleep.endWaiting();
  }

  /** Starts a handler's thread, which the loop carries where it can. */
  public void start(Runnable handler) {
    handlers.start(handler);
  }

  /** Starts a thread of the JDK's scheduler, which no loop carries. */
  public static void startBeside(Runnable handler) {
    Thread.ofVirtual().name("leantea-handler").start(handler);
  }

  /** The scheduler of all threads that are carried: one of them can go on. */
  void post(CarriedThread next) {
    if (isOnPlatformThread()) {
      steps.addNear(next);
    } else if (ended) {
      next.stepElsewhere();
    } else {
      steps.addFar(next);
      sleep.end();
      if (ended && steps.removeFar(next)) {
        next.stepElsewhere();
      }
    }
  }

  /** Makes threads for its handlers. */
  LoopThreadFactory threads() {
    return threads;
  }

  /** Where its threads wait for sockets. */
  CarriedSockets sockets() {
    return sockets;
  }

  // ---- the loop

  /** Lets the loop wait for its handlers' sockets. Before {@link #start}. */
  public void serveSockets(SocketLoop loop) {
    sockets.serveBy(loop);
  }

  /**
   * Has the sampler run an action every few milliseconds while the loop is held. It must not wait.
   * Before {@link #start}.
   */
  public void whileHeld(Runnable action) {
    whileHeld = action;
  }

  /** What the loop shows to the watchdog. */
  public LoopWatch watch() {
    return watch;
  }

  /** Whether other threads can go on. */
  public boolean hasRunnable() {
    return !steps.isEmpty() || handlers.lackThread();
  }

  /** Lets each thread that can go on do so until it waits. */
  @SuppressWarnings("ThreadPriorityCheck") // the scheduler is this class
  public void runOthers() {
    watch.rest();
    try {
      Thread.yield();
    } finally {
      watch.beat();
    }
  }

  /** Steps of all threads so far. */
  public long stepCount() {
    return stepCount;
  }

  /**
   * Runs an operation on the platform thread, after the threads that can go on now: for what must
   * not be done on a virtual thread. It takes no locks that a carried thread may hold.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the scheduler is this class
  public void runOnPlatformThread(Runnable operation) {
    if (owner == platformThread) {
      operation.run();
      return;
    }
    beforeLoop = operation;
    try {
      Thread.yield(); // which throws when there is no memory to unmount the loop
    } catch (RuntimeException | Error e) {
      beforeLoop = null;
      throw e;
    }
    if (beforeLoop != null) { // the loop could not be unmounted
      beforeLoop = null;
      operation.run();
    }
  }

  /**
   * The loop is about to wait for events; {@link #endWait} follows, and between them the loop looks
   * whether it was given something to do. The loop, or its platform thread.
   *
   * @return false when it must not wait, for other threads can go on
   */
  public boolean beginWait() {
    sleep.beginWaiting();
    return !hasRunnable();
  }

  /** The loop does not wait any more. As {@link #beginWait}. */
  public void endWait() {
    sleep.over();
  }

  // ---- the platform thread

  private void carry(CarriedThread loop) {
    try {
      loop.thread().start();
      while (loop.thread().isAlive()) {
        CarriedThread next = next();
        if (next == null) {
          sleep.parkIfEmpty(steps);
        } else {
          step(next, next == loop);
        }
      }
    } finally {
      end();
    }
  }

  private @Nullable CarriedThread next() {
    CarriedThread next = handlers.takeOver();
    return next == null ? steps.poll() : next;
  }

  /** Handlers that outlive the loop go on beside it. */
  private void end() {
    ended = true;
    threads.forgetLoop();
    handlers.startRestBeside();
    for (CarriedThread left = steps.poll(); left != null; left = steps.poll()) {
      left.stepElsewhere();
    }
  }

  private void runBeforeLoop() {
    Runnable operation = beforeLoop;
    if (operation != null) {
      beforeLoop = null;
      try {
        operation.run();
      } catch (Throwable e) {
        logFailure(e);
      }
    }
  }

  private void step(CarriedThread next, boolean isLoop) {
    if (isLoop) {
      runBeforeLoop();
    }
    stepCount++;
    running.setRelease(next);
    watch.stepBegins();
    try {
      next.step();
    } catch (Throwable e) { // the JDK was short of memory
      logFailure(e);
    } finally {
      watch.stepEnds();
    }
  }

  /** The thread of handlers begins with another one, which is a step of its own. */
  void handlerBegins() {
    stepCount++;
    watch.stepBegins();
  }

  /** A thread that this one carries may hold the log's lock. */
  private void logFailure(Throwable failure) {
    FailureLog.errorElsewhere(name, "carries a thread that failed", failure);
  }

  // ---- the watchdog

  String name() {
    return name;
  }

  /**
   * The piece of work of this number holds the platform thread: a handler's thread is notified, the
   * loop finds out by {@link LoopWatch#takeHeld}.
   */
  void held(long count) {
    held = true;
    CarriedThread current = running.getAcquire();
    LoopTask holder = current == null ? null : current.holder();
    if (current != null && watch.platformThread() == count) { // it runs since before the number
      watch.markHeld(count);
      if (holder != null && current.thread() != owner) {
        holder.heldLoop();
      }
    }
  }

  /**
   * Something holds the platform thread, perhaps a thread that is pinned and waits for a lock: what
   * became runnable on other threads meanwhile, the lock's holder maybe, goes on beside the loop.
   */
  void relieve() {
    CarriedThread current = running.getAcquire();
    if (current != null) {
      current.wakeIfWaiting();
    }
    @Nullable CarriedThread loop = null;
    for (CarriedThread next = steps.pollFar(); next != null; next = steps.pollFar()) {
      if (next.thread() == owner) {
        loop = next;
      } else {
        next.stepElsewhere();
      }
    }
    if (loop != null) {
      steps.addFar(loop);
    }
  }

  /** Runs the action for a loop that is held. The sampler's thread. */
  void actWhileHeld() {
    whileHeld.run();
  }

  /** What held the platform thread is over. The sampler's thread. */
  void released() {
    held = false;
  }

  /** Processor time of the platform thread in nanoseconds; any thread. */
  long cpuNanos() {
    return platformThread.cpuNanos();
  }

  /** Of the thread that the platform thread runs. */
  StackTraceElement[] runningStack() {
    CarriedThread current = running.getAcquire();
    StackTraceElement[] stack = (current == null ? owner : current.thread()).getStackTrace();
    return stack.length > 0 ? stack : platformThread.getStackTrace(); // it was just unmounted
  }
}
