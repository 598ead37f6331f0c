package dev.leantea.proxy;

import dev.leantea.proxy.ProxyHeader.Complete;
import dev.leantea.proxy.ProxyHeader.Incomplete;
import dev.leantea.proxy.ProxyHeader.Malformed;
import dev.leantea.wire.OncePerMinute;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection: its header first, then all events go to the protocol above. Owner thread. */
final class ProxyConnection implements WireListener {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** How long a connection waits for its header when the server drains. */
  private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final OncePerMinute REFUSALS = new OncePerMinute();

  private final Wire raw;
  private final Owner owner;
  private final Function<Wire, WireListener> connect;

  /** What has come of the header. */
  private byte[] header = NO_BYTES;

  private long deadline;
  private boolean draining;
  private boolean closed;
  private @Nullable WireListener inner;

  ProxyConnection(Wire raw, Owner owner, long headerNanos, Function<Wire, WireListener> connect) {
    this.raw = raw;
    this.owner = owner;
    this.connect = connect;
    this.deadline = owner.nanoTime() + headerNanos;
  }

  @Override
  public void received(byte[] bytes, int from, int to) {
    WireListener listener = inner;
    if (listener != null) {
      listener.received(bytes, from, to);
    } else if (!closed) {
      receiveHeader(bytes, from, to);
    }
  }

  private void receiveHeader(byte[] bytes, int from, int to) {
    int before = header.length;
    int taken = Math.min(to - from, ProxyHeader.MAX_BYTES - before);
    header = Arrays.copyOf(header, before + taken);
    System.arraycopy(bytes, from, header, before, taken);
    switch (ProxyHeader.read(header, header.length)) {
      case Incomplete _ -> {}
      case Malformed malformed -> refuse(malformed.reason());
      case Complete complete -> {
        open(complete);
        int rest = from + complete.length() - before;
        if (rest < to) {
          received(bytes, rest, to);
        }
      }
    }
  }

  private void open(Complete complete) {
    header = NO_BYTES;
    Wire wire = complete.client().<Wire>map(it -> new ProxiedWire(raw, it)).orElse(raw);
    WireListener listener = connect.apply(wire);
    inner = listener;
    if (draining) {
      listener.drain();
    }
  }

  private void refuse(String reason) {
    if (REFUSALS.isDue()) {
      LOG.log(
          Level.WARNING,
          "a connection from {0} has no header of the PROXY protocol: {1}; it is closed (at most"
              + " one such line a minute)",
          peer(),
          reason);
    }
    close();
  }

  private String peer() {
    return raw.remoteAddress() instanceof InetSocketAddress address
        ? address + ", a network of ServerConfig.withProxyProtocol,"
        : "a unix domain socket, a UnixListener.withProxyProtocol,";
  }

  private void close() {
    closed = true;
    header = NO_BYTES;
    raw.close();
  }

  @Override
  public void endOfInput() {
    if (inner == null) {
      close();
    } else {
      inner.endOfInput();
    }
  }

  @Override
  public void truncated() {
    if (inner == null) {
      close();
    } else {
      inner.truncated();
    }
  }

  @Override
  public void sent() {
    if (inner != null) {
      inner.sent();
    }
  }

  @Override
  public void broken() {
    closed = true;
    if (inner != null) {
      inner.broken();
    }
  }

  @Override
  public void tick() {
    if (inner != null) {
      inner.tick();
    } else if (!closed && owner.nanoTime() >= deadline) {
      close();
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
    return inner == null ? deadline : inner.deadline();
  }

  @Override
  public boolean isIdle() {
    return inner == null || inner.isIdle();
  }

  @Override
  public boolean isDrainable() {
    return inner == null || inner.isDrainable();
  }
}
