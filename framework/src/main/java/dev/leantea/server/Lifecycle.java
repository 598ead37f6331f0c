package dev.leantea.server;

import dev.leantea.backend.Listener;
import dev.leantea.backend.Readiness;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.exchange.Application;
import dev.leantea.loop.Carrier;
import dev.leantea.loop.SchedulerWatch;
import dev.leantea.wire.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server from its start to its end, the same on every backend.
 *
 * <pre>
 *  STARTING ── start ──▶ SERVING ── close ──▶ TURNING_AWAY ──────▶ DRAINING ─────────▶ STOPPED
 *     │                     │                 readiness: 503      no listener          no thread, socket,
 *     │ address in use      │ all loops       for its delay       answers say close    shutdown hook
 *     ▼                     ▼ failed                                 │
 *   an error             DRAINING                                    │ after Limits.drainTimeout:
 *                                                                    │ handlers interrupted, sockets closed
 *                                                                    │ 2 s later: what did not end is logged
 * </pre>
 *
 * <ol>
 *   <li>A backend makes one, takes a {@link Work} from it for each of its workers, and passes its
 *       {@link ServerEngine} to {@link #start}.
 *   <li>The first {@link #close} starts the {@link Drain} on a thread of its own. Each close waits
 *       for it, but not one that a handler of this server calls: the drain waits for that handler,
 *       and its answer.
 *   <li>{@code close} returns at most 2 s after the drain timeout, whatever handlers do.
 * </ol>
 *
 * <p>Any thread.
 */
public final class Lifecycle implements Server {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final ServerConfig config;
  private final Protocols protocols;
  private final AcceptFailures acceptFailures = new AcceptFailures();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
  private final AtomicInteger open = new AtomicInteger();
  private final List<Work> works = new CopyOnWriteArrayList<>();
  private final List<Work> loops = new CopyOnWriteArrayList<>();
  private final CountDownLatch hurry = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final BooleanSupplier runsHandlers = this::runsHandlers;
  private final ShutdownHook hook = new ShutdownHook(this::closeAtExit);
  private volatile boolean exiting;
  private final BoundListeners listeners = new BoundListeners();
  private volatile @Nullable ServerEngine engine;

  /**
   * Reads the certificates of the configuration.
   *
   * @throws IllegalArgumentException when one cannot be used
   */
  public Lifecycle(ServerConfig config) {
    this.config = config;
    this.protocols = new Protocols(config);
  }

  // ---- for the backend

  /**
   * Opens the listeners and starts to serve.
   *
   * @return this server
   * @throws java.io.UncheckedIOException when one cannot be opened; none is left open
   */
  public Server start(ServerEngine backend) {
    engine = backend;
    try {
      JvmPreparation.await();
      SchedulerWatch.begin(runsHandlers); // loaded while there are descriptors
      backend.open();
      listeners.open(config.listeners(), backend);
      backend.start();
    } catch (IOException e) {
      abandon(backend);
      throw new UncheckedIOException("cannot listen on " + config + ": " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      abandon(backend);
      throw e;
    }
    phase.set(Phase.SERVING);
    workerEnded(); // one may have failed before
    return this;
  }

  private void abandon(ServerEngine backend) {
    phase.set(Phase.STOPPED);
    SchedulerWatch.end(runsHandlers);
    backend.abandon();
    listeners.removeFiles();
    protocols.close();
    acceptFailures.close();
  }

  /** Where it listens, and its limits. */
  public ServerConfig config() {
    return config;
  }

  /** The protocols of its listeners, for the connections of one more owner thread. */
  public List<Protocol> protocols(Application application) {
    return protocols.create(application);
  }

  /** The protocol of a listener, for the only connection of one more owner thread. */
  public Protocol protocol(Application application, int listener) {
    return protocols.create(application, listener);
  }

  /** What a listener does when it cannot accept a connection. */
  public AcceptFailures acceptFailures() {
    return acceptFailures;
  }

  /** The account of a further worker that is no event loop, before {@link #start}. */
  public Work work() {
    return add(new Work(this, Optional::empty, () -> 0));
  }

  /**
   * The account of a further event loop, before {@link #start}.
   *
   * @param tasks about how many tasks wait for the loop, beside the threads that it carries; called
   *     by any thread
   */
  public Work work(Carrier loop, IntSupplier tasks) {
    Work work = add(new Work(this, loop::busy, () -> tasks.getAsInt() + loop.waiting()));
    loops.add(work);
    return work;
  }

  private Work add(Work work) {
    works.add(work);
    return work;
  }

  /** Whether the server drains or has stopped: then an answer ends its connection. */
  public boolean draining() {
    return phase.get().compareTo(Phase.DRAINING) >= 0;
  }

  private boolean runsHandlers() {
    for (Work work : works) {
      if (work.runsHandlers()) {
        return true;
      }
    }
    return false;
  }

  boolean connectionOpened() {
    return open.incrementAndGet() <= config.limits().connections();
  }

  void connectionClosed() {
    open.decrementAndGet();
  }

  /** A server whose workers have all failed is over. */
  void workerEnded() {
    if (works.stream().allMatch(Work::hasEnded)) {
      beginToClose();
    }
  }

  // ---- Server

  @Override
  public List<Listener> listeners() {
    return listeners.listeners();
  }

  @Override
  public InetSocketAddress address() {
    return listeners
        .firstPort()
        .orElseThrow(
            () -> new IllegalStateException("server: expected a port among " + listeners()));
  }

  @Override
  public Optional<String> tlsLibrary() {
    return protocols.tlsLibrary();
  }

  @Override
  public int connections() {
    return open.get();
  }

  @Override
  public List<Integer> tasksWaiting() {
    return loops.stream().map(Work::waiting).toList();
  }

  @Override
  public Server closeOnShutdown(AutoCloseable... afterwards) {
    hook.register(List.of(afterwards));
    return this;
  }

  @Override
  public void join() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() {
    beginToClose();
    Thread caller = Thread.currentThread();
    if (works.stream().noneMatch(work -> work.runsOn(caller))) {
      awaitStopped();
    }
  }

  /** The JVM ends: handlers that called {@code System.exit} wait for this, and never return. */
  private void closeAtExit() {
    exiting = true;
    beginToClose();
    awaitStopped();
  }

  private void beginToClose() {
    if (phase.compareAndSet(Phase.SERVING, Phase.TURNING_AWAY)) {
      config.readiness().ifPresent(Readiness::turnAway);
      Thread.ofPlatform().name("leantea-drain").start(this::drainAndStop);
    }
  }

  /** An interrupt ends the delay of the readiness check, but not the drain. */
  private void awaitStopped() {
    boolean interrupted = false;
    while (stopped.getCount() > 0) {
      try {
        stopped.await();
      } catch (InterruptedException e) {
        interrupted = true;
        hurry.countDown();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- the drain's thread

  private void drainAndStop() {
    try {
      config.readiness().map(Readiness::delay).ifPresent(this::awaitTurnedAway);
      new Drain(requireEngine(), works, config.limits().drainTimeout(), () -> exiting)
          .run(this::stoppedAccepting);
    } catch (Throwable e) { // whoever waits for the end must get it
      LOG.log(Level.ERROR, "the server on " + config + " could not be stopped in order", e);
    } finally {
      phase.set(Phase.STOPPED);
      listeners.removeFiles();
      protocols.close();
      acceptFailures.close();
      SchedulerWatch.end(runsHandlers);
      hook.serverStopped();
      stopped.countDown();
    }
  }

  private void stoppedAccepting() {
    phase.set(Phase.DRAINING);
    listeners.removeFiles();
  }

  private ServerEngine requireEngine() {
    ServerEngine started = engine;
    if (started == null) {
      throw new IllegalStateException("server: expected to be started");
    }
    return started;
  }

  private void awaitTurnedAway(Duration delay) {
    Waiting.until(System.nanoTime() + delay.toNanos(), () -> hurry.getCount() == 0);
  }
}
