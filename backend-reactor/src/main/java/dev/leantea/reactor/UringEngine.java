package dev.leantea.reactor;

import dev.leantea.loop.FailureLog;
import dev.leantea.loop.SocketLoop;
import dev.leantea.server.AcceptFailures;
import dev.leantea.server.Listeners;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The engine on io_uring, which reports completions: operations are put into a ring, and one system
 * call per turn submits them all and waits for completions.
 *
 * <pre>
 *  turn ─▶ enter ─▶ ┬ ACCEPT  ─▶ a new socket, whose receive is armed
 *                   ├ RECEIVE ─▶ bytes, copied out of a buffer of the ring ─▶ Connection
 *                   ├ SEND    ─▶ a send buffer is free ─▶ Connection
 *                   ├ OPERATION ─▶ what a handler waits for at another server ─▶ its thread
 *                   ├ WAKE    ─▶ another thread has something for the loop
 *                   ├ CANCEL  ─▶ a close found no operation to cancel
 *                   └ IGNORED ─▶ nothing
 * </pre>
 *
 * <p>{@code docs/CONCURRENCY.md} says who owns which memory at which time.
 */
final class UringEngine implements Engine, Ring.Completions {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** The kind of an operation is the highest byte of its user data. */
  private static final int WHAT_SHIFT = 56;

  static final long IGNORED = 0;
  static final long RECEIVE = 1L << WHAT_SHIFT;
  static final long SEND = 2L << WHAT_SHIFT;
  static final long CANCEL = 3L << WHAT_SHIFT;
  private static final long ACCEPT = 4L << WHAT_SHIFT;
  private static final long WAKE = 5L << WHAT_SHIFT;
  static final long OPERATION = 6L << WHAT_SHIFT;
  static final long OPERATION_CANCEL = 7L << WHAT_SHIFT;

  /** Maximum turns that a close waits for the operations in flight to end. */
  private static final int MAX_LAST_TURNS = 200;

  private static final long LAST_TURN_NANOS = 10_000_000;

  private static final long CANCEL_OPERATION =
      Ring.operation(Abi.OP_ASYNC_CANCEL, Abi.SQE_CQE_SKIP_SUCCESS, 0);

  private final Loop loop;
  private final Arena arena;
  private final Waker waker;
  private final SocketAddresses addresses;
  private final UringSockets sockets = new UringSockets();
  private final UringOperations operations;
  private final List<UringListener> listeners = new ArrayList<>();
  private boolean enabled;
  private boolean waking;
  private boolean closing;

  final Native libc;
  final Ring ring;
  final BufferRing buffers;
  final SendBuffers sendBuffers;
  final SocketQueues queues;

  /** Received bytes, for all connections: valid during the call that passes them on. */
  final byte[] received;

  private UringEngine(Loop loop, Arena arena, UringSizes sizes) throws ErrnoException {
    this.loop = loop;
    this.arena = arena;
    this.libc = new Native();
    this.addresses = new SocketAddresses(arena);
    this.buffers = new BufferRing(libc, arena, sizes.receiveBuffers(), sizes.receiveBytes());
    this.received = new byte[sizes.receiveBytes()];
    this.sendBuffers = sendBuffers(libc, arena, sizes);
    this.queues = new SocketQueues(sendBuffers);
    this.ring = new Ring(libc, arena, sizes.submissions(), sizes.completions());
    this.operations = new UringOperations(loop, ring, buffers);
    try (var undo = new Undo()) {
      undo.add(ring);
      buffers.register(libc, arena, ring);
      this.waker = undo.add(new Waker(arena));
      undo.succeeded();
    }
  }

  private static SendBuffers sendBuffers(Native libc, Arena arena, UringSizes sizes)
      throws ErrnoException {
    return new SendBuffers(
        libc,
        arena,
        sizes.smallSends(),
        sizes.smallBytes(),
        sizes.largeSends(),
        sizes.largeBytes());
  }

  static UringEngine open(Loop loop) throws IOException {
    return open(loop, UringSizes.DEFAULTS);
  }

  /** Opens an engine with other sizes, for tests that exhaust them. */
  @SuppressWarnings("MustBeClosedChecker") // the engine closes the arena
  static UringEngine open(Loop loop, UringSizes sizes) throws IOException {
    Arena arena = Arena.ofShared(); // opened here, used by the loop's thread
    try {
      return new UringEngine(loop, arena, sizes);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public SocketAddress listen(int number, SocketAddress address, Supplier<Engine> next)
      throws IOException {
    AcceptFailures failures = loop.server.acceptFailures();
    var listener = new UringListener(libc, arena, address, failures, ACCEPT | number, next);
    listeners.add(listener);
    return listener.address();
  }

  // ---- the turn

  @Override
  public boolean needsPlatformThread() {
    return false; // the call waits in the kernel on any thread
  }

  @Override
  public void await(long nanos) throws IOException {
    if (!enabled) {
      enable();
    }
    boolean wait = nanos > 0 && !queues.hasReady();
    ring.enter(wait ? 1 : 0, operations.limit(nanos));
  }

  @Override
  public void process() {
    ring.process(this);
    queues.endTurn();
    operations.expire();
  }

  private void enable() throws ErrnoException {
    ring.enable(arena);
    enabled = true;
    resumeAccepting();
    waking = true;
    waker.arm(ring, WAKE);
  }

  @Override
  public void completed(long userData, int result, int flags) {
    try {
      handle(userData, result, flags);
    } catch (RuntimeException | Error e) {
      failed(userData, e);
    }
  }

  private void handle(long userData, int result, int flags) {
    switch ((int) (userData >>> WHAT_SHIFT)) {
      case (int) (RECEIVE >>> WHAT_SHIFT) -> received(userData, result, flags);
      case (int) (SEND >>> WHAT_SHIFT) -> sent(userData, result);
      case (int) (CANCEL >>> WHAT_SHIFT) -> cancelFailed(userData, result);
      case (int) (ACCEPT >>> WHAT_SHIFT) -> accepted((int) userData, result, flags);
      case (int) (WAKE >>> WHAT_SHIFT) -> woken();
      case (int) (OPERATION >>> WHAT_SHIFT) -> operations.completed((int) userData, result, flags);
      case (int) (OPERATION_CANCEL >>> WHAT_SHIFT) -> operations.cancelFailed((int) userData);
      default -> {} // IGNORED
    }
  }

  /** Closes only this socket: memory was exhausted, or there is a bug. */
  private void failed(long userData, Throwable failure) {
    UringSocket socket = sockets.find(userData);
    if (socket != null) {
      socket.abort();
    }
    FailureLog.error(loop, "goes on after an event that failed", failure);
  }

  private void received(long userData, int result, int flags) {
    UringSocket socket = sockets.find(userData);
    if (socket != null) {
      socket.received(result, flags);
    } else if ((flags & Abi.CQE_BUFFER) != 0) {
      buffers.give(flags >>> Abi.CQE_BUFFER_SHIFT);
    }
  }

  private void sent(long userData, int result) {
    UringSocket socket = sockets.find(userData);
    if (socket != null) {
      socket.sent(result);
    }
  }

  private void cancelFailed(long userData, int result) {
    UringSocket socket = sockets.find(userData);
    if (socket != null) {
      socket.cancelFailed(result);
    }
  }

  private void accepted(int number, int result, int flags) {
    UringListener listener = listener(number);
    listener.accepted(ring, result, flags);
    if (result >= 0 && closing) {
      libc.close(result);
    } else if (result >= 0) {
      deal(listener, result);
    }
  }

  /** Of those of the server, this engine may have a few only. */
  private UringListener listener(int number) {
    for (UringListener listener : listeners) {
      if (listener.number == number) {
        return listener;
      }
    }
    throw new IllegalStateException("a completion of a listener that was not opened");
  }

  private void deal(UringListener listener, int descriptor) {
    UringEngine engine = (UringEngine) listener.nextEngine();
    if (engine == this) {
      open(descriptor, listener.number);
    } else {
      engine.takeFromAnyThread(descriptor, listener.number);
    }
  }

  private void open(int descriptor, int listener) {
    UringSocket socket;
    try {
      socket = new UringSocket(this, descriptor, sockets.nextId());
      sockets.put(socket);
    } catch (RuntimeException | Error e) {
      libc.close(descriptor);
      throw e;
    }
    socket.open(loop, listener);
  }

  // ---- waking

  private void woken() {
    waking = false;
    if (!closing) {
      waking = true;
      waker.arm(ring, WAKE);
    }
  }

  @Override
  public void wakeup() {
    waker.wake();
  }

  // ---- for sockets

  @Override
  public SocketLoop socketLoop() {
    return operations;
  }

  void release(UringSocket socket) {
    sockets.remove(socket);
  }

  /** Number of sockets that are open, or have operations in flight. */
  int openSockets() {
    return sockets.size();
  }

  SocketAddress peer(int descriptor) {
    return addresses.peer(libc, descriptor);
  }

  // ---- accepting

  @Override
  public void resumeAccepting() {
    listeners.forEach(listener -> listener.arm(ring));
  }

  @Override
  public void acceptFor(Engine other) {
    var engine = (UringEngine) other;
    listeners.forEach(
        listener ->
            listener.acceptFor(socket -> engine.takeFromAnyThread(socket, listener.number)));
  }

  /** Serves a connection that another loop's listener accepted. Any thread. */
  private void takeFromAnyThread(int descriptor, int listener) {
    loop.execute(
        () -> {
          if (closing) {
            new Native().close(descriptor); // this engine's memory is freed
          } else {
            open(descriptor, listener);
          }
        });
  }

  @Override
  public void stopAccepting() {
    try {
      listeners.forEach(listener -> listener.stop(ring, IGNORED));
      for (int i = 0; i < MAX_LAST_TURNS && isAccepting(); i++) {
        await(LAST_TURN_NANOS);
        process();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the accept did not end", e);
    }
    listeners.forEach(this::acceptRest);
    listeners.forEach(UringListener::close);
  }

  private boolean isAccepting() {
    return listeners.stream().anyMatch(UringListener::isAccepting);
  }

  /** Accepts the connections that arrived while the accept was being cancelled. */
  private void acceptRest(UringListener listener) {
    for (int i = 0; i < Listeners.MAX_ACCEPTS; i++) {
      int socket = listener.acceptNow();
      if (socket < 0) {
        return;
      }
      deal(listener, socket);
    }
  }

  // ---- the end

  @Override
  public void closeByForce() {
    listeners.forEach(
        UringListener::shutdown); // not the sockets: their numbers may belong to other files by now
  }

  @Override
  public void close() {
    closing = true;
    operations.close();
    if (enabled) {
      endAll();
    }
    sockets.forEach(socket -> libc.close(socket.descriptor()));
    listeners.forEach(UringListener::close);
    waker.close();
    ring.close();
    operations.abandonAll();
    arena.close();
  }

  /** Waits until no operation in flight refers to memory that is about to be freed. */
  private void endAll() {
    try {
      listeners.forEach(listener -> listener.stop(ring, IGNORED));
      ring.put(CANCEL_OPERATION, -1, 0, 0, 0, Abi.CANCEL_ALL | Abi.CANCEL_ANY, IGNORED, 0);
      for (int i = 0; i < MAX_LAST_TURNS && !isQuiet(); i++) {
        ring.enter(1, LAST_TURN_NANOS);
        ring.process(this);
      }
      ring.enter(0, 0); // submits the last closes
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "operations are still in flight", e);
    }
  }

  /** Whether no operation is in flight. */
  boolean isQuiet() {
    return !isAccepting() && !waking && openSockets() == 0 && operations.isEmpty();
  }
}
