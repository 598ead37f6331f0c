package dev.leantea.tls.engine;

import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection, between the backend's wire and the protocol above it.
 *
 * <pre>
 *           first byte                        handshake complete
 *  UNUSED ─┬──────────▶ HANDSHAKE ───────────────────────────────▶ OPEN ─────────┐
 *          │             │   ▲ └─▶ a task runs beside the loop      │            │
 *          │             │   └──── done ──────┘                     │ close,     │
 *          │ plain HTTP  │ alert, deadline                          │ failure    │
 *          ▼             ▼                                          ▼            │
 *       REFUSED ──────▶ CLOSED ◀────────────────────────────────────┴────────────┘
 * </pre>
 *
 * <p>Owner thread.
 */
final class TlsConnection implements WireListener {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** How long a handshake goes on in a drain, and a connection waits for its first byte. */
  private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private enum State {
    UNUSED,
    HANDSHAKE,
    OPEN,
    REFUSED,
    CLOSED
  }

  private final TlsProtocol protocol;
  private final Wire raw;
  private final Owner owner;
  private final boolean admitted;
  private final Plaintext plaintext = this::decrypted;
  private State state = State.UNUSED;
  private long deadline;
  private boolean taskRuns;
  private boolean draining;
  private boolean inputEnded;

  /** What came while a task ran: at most what the backend had read by then. */
  private byte[] held = NO_BYTES;

  /** The end of input came while a task ran. */
  private boolean endHeld;

  private @Nullable TlsEngine engine;
  private @Nullable TlsWire wire;
  private @Nullable WireListener inner;

  TlsConnection(TlsProtocol protocol, Wire raw, Owner owner, boolean admitted) {
    this.protocol = protocol;
    this.raw = raw;
    this.owner = owner;
    this.admitted = admitted;
    this.deadline = owner.nanoTime() + protocol.handshakes.nanos();
  }

  // ---- input

  @Override
  public void received(byte[] bytes, int from, int to) {
    if (state == State.UNUSED && from < to) {
      begin(bytes[from]);
    }
    switch (state) {
      case HANDSHAKE, OPEN -> receive(bytes, from, to);
      case UNUSED, REFUSED, CLOSED -> {}
    }
  }

  private void begin(byte first) {
    if (PlainHttp.isFirstByte(first)) {
      state = State.REFUSED;
      deadline = owner.nanoTime() + REFUSED_NANOS;
      PlainHttp.refuse(raw);
    } else if (protocol.handshakes.begin()) {
      state = State.HANDSHAKE;
      engine = protocol.engine(raw, owner);
    } else {
      closeNow();
    }
  }

  private void receive(byte[] bytes, int from, int to) {
    TlsEngine current = engine;
    if (current == null) {
      return;
    }
    if (taskRuns) {
      hold(bytes, from, to);
      return;
    }
    TlsWire open = wire;
    WireListener listener = inner;
    if (open != null && listener != null && open.isEnding()) {
      listener.discarded(to - from);
      return;
    }
    try {
      current.receive(bytes, from, to, raw, plaintext);
      progressed(current);
    } catch (TlsException e) {
      failed(e);
    }
  }

  private void hold(byte[] bytes, int from, int to) {
    int size = held.length;
    held = Arrays.copyOf(held, size + to - from);
    System.arraycopy(bytes, from, held, size, to - from);
  }

  private void decrypted(byte[] bytes, int from, int to) {
    openIfComplete();
    WireListener listener = inner;
    if (listener != null && state == State.OPEN) {
      listener.received(bytes, from, to);
    }
  }

  /** After bytes were received, or a task has ended. */
  private void progressed(TlsEngine current) throws TlsException {
    if (state == State.CLOSED) {
      return;
    }
    current.flush(raw); // handshake messages, and answers to key updates
    if (state == State.HANDSHAKE) {
      openIfComplete();
      runTask(current.takeTask(), current);
    }
    var _ = passEndOfInput();
  }

  /** Whether {@code close_notify} was decrypted and the protocol above is notified only now. */
  boolean passEndOfInput() {
    TlsEngine current = engine;
    if (current == null || inputEnded || !current.isInputClosed()) {
      return false;
    }
    inputEnded = true;
    endInput(current);
    return true;
  }

  private void endInput(TlsEngine current) {
    WireListener listener = inner;
    if (listener != null && state == State.OPEN) {
      listener.endOfInput();
    } else if (!current.isHandshakeComplete()) {
      closeNow();
    }
  }

  private void openIfComplete() {
    TlsEngine current = engine;
    if (state != State.HANDSHAKE || current == null || !current.isHandshakeComplete()) {
      return;
    }
    state = State.OPEN;
    protocol.handshakes.end();
    var open = new TlsWire(this, current, raw, protocol.pieces, owner.readsItself());
    wire = open;
    var chosen = protocol.inner(current.session().applicationProtocol());
    inner = admitted ? chosen.connect(open, owner) : chosen.refuse(open, owner);
    if (draining) {
      inner.drain();
    }
  }

  // ---- work of the handshake that takes long

  private void runTask(@Nullable Runnable task, TlsEngine current) throws TlsException {
    if (task == null) {
      return;
    }
    taskRuns = true;
    if (owner.readsItself()) {
      task.run();
      resume(current);
      return;
    }
    raw.receiving(false);
    owner.startBeside(
        () -> {
          try {
            task.run();
          } finally {
            owner.execute(() -> taskEnded(current));
          }
        });
  }

  private void taskEnded(TlsEngine current) {
    if (state == State.CLOSED) {
      return;
    }
    raw.receiving(true);
    try {
      resume(current);
    } catch (TlsException e) {
      failed(e);
    } catch (RuntimeException | Error e) {
      failed(e);
      throw e;
    }
  }

  private void resume(TlsEngine current) throws TlsException {
    taskRuns = false;
    current.resume(raw, plaintext);
    byte[] rest = held;
    held = NO_BYTES;
    progressed(current);
    if (rest.length > 0) {
      received(rest, 0, rest.length);
    }
    if (endHeld) {
      endHeld = false;
      endOfInput();
    }
  }

  // ---- other events

  /** Without {@code close_notify} somebody else may have cut the connection (RFC 8446 §6.1). */
  @Override
  public void endOfInput() {
    WireListener listener = inner;
    if (taskRuns) {
      endHeld = true; // a request may have come with the end of the handshake
    } else if (listener == null || state != State.OPEN) {
      closeNow();
    } else if (!inputEnded) {
      inputEnded = true;
      if (isEndedByDrain() || isEnding()) {
        listener.endOfInput();
      } else {
        listener.truncated();
      }
    }
  }

  /** A backend whose owner thread reads ends the input itself, to interrupt a read. */
  private boolean isEndedByDrain() {
    return owner.readsItself() && owner.draining();
  }

  private boolean isEnding() {
    TlsWire open = wire;
    return open != null && open.isEnding();
  }

  @Override
  public void sent() {
    TlsWire open = wire;
    WireListener listener = inner;
    if (open != null && listener != null && state == State.OPEN) {
      open.sent();
      listener.sent();
    }
  }

  @Override
  public void broken() {
    WireListener listener = inner;
    release();
    if (listener != null) {
      listener.broken();
    }
  }

  @Override
  public void tick() {
    WireListener listener = inner;
    if (listener != null && state == State.OPEN) {
      listener.tick();
    } else if (state != State.CLOSED && owner.nanoTime() >= deadline) {
      closeNow();
    }
  }

  @Override
  public void drain() {
    draining = true;
    deadline = Math.min(deadline, owner.nanoTime() + DRAIN_NANOS);
    if (inner != null) {
      inner.drain();
    }
  }

  @Override
  public long deadline() {
    WireListener listener = inner;
    return listener == null ? deadline : listener.deadline();
  }

  @Override
  public boolean isIdle() {
    return inner == null || inner.isIdle();
  }

  @Override
  public boolean isDrainable() {
    return inner == null || inner.isDrainable();
  }

  // ---- the end

  /** TLS or a file has failed: what was sent so far, an alert too, is still sent. */
  void failed(Throwable cause) {
    if (state == State.CLOSED) {
      return;
    }
    LOG.log(Level.DEBUG, () -> "TLS of " + raw.remoteAddress() + " failed: " + cause.getMessage());
    WireListener listener = inner;
    if (listener != null) {
      listener.broken();
    }
    if (cause instanceof TlsException) {
      linger();
    } else {
      closeNow();
    }
  }

  /** Closing at once would reset the connection, and the peer might not get the alert. */
  private void linger() {
    TlsEngine current = engine;
    release();
    state = State.REFUSED;
    deadline = owner.nanoTime() + REFUSED_NANOS;
    raw.receiving(true);
    if (current != null) {
      current.shutdownOutput(raw);
    }
  }

  private void closeNow() {
    release();
    raw.close();
  }

  /** The protocol above has closed its wire. */
  void ended() {
    release();
  }

  private void release() {
    if (state == State.HANDSHAKE) {
      protocol.handshakes.end();
    }
    state = State.CLOSED;
    held = NO_BYTES;
    inner = null;
    TlsEngine current = engine;
    if (current != null) {
      engine = null;
      current.close();
    }
    TlsWire open = wire;
    if (open != null) {
      wire = null;
      open.release();
    }
  }
}
