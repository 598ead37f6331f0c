package dev.leantea.tls.engine;

import dev.leantea.http.TlsSession;
import dev.leantea.tls.engine.PiecePool.Memory;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wire of the protocol above TLS: its bytes wait as plaintext until they are flushed, so that
 * what belongs together shares a record, and no more of them are encrypted than the socket takes in
 * a while.
 *
 * <pre>
 *  reserve, send, sendFile ─▶ PlaintextQueue ─ flush, sent ─▶ TlsEngine ─▶ raw wire, up to 32 KiB
 * </pre>
 *
 * <p>Owner thread, except where {@link Wire} says otherwise.
 */
final class TlsWire implements Wire {
  /**
   * Maximum encrypted bytes that wait for the socket, beyond which no more are encrypted: two
   * records. With more, those of all connections leave the processor's caches before they are sent.
   */
  private static final int MAX_SEALED_BYTES = 32 * 1024;

  private final TlsConnection connection;
  private final TlsEngine engine;
  private final Wire raw;
  private final PlaintextQueue queue;
  private final PlaintextQueue.Sink seal = this::seal;
  private boolean sealing;
  private boolean endAfterQueue;
  private boolean outputEnded;

  /** Whether one thread may close the connection while another one writes. */
  private final boolean shared;

  private volatile boolean closed;
  private @Nullable TlsSession session;

  TlsWire(TlsConnection connection, TlsEngine engine, Wire raw, PiecePool pieces, boolean shared) {
    this.connection = connection;
    this.engine = engine;
    this.raw = raw;
    this.queue = new PlaintextQueue(pieces, shared ? Memory.HEAP : Memory.DIRECT);
    this.shared = shared;
  }

  @Override
  public byte[] reserve(int bytes) {
    return queue.reserve(bytes);
  }

  @Override
  public int position() {
    return queue.position();
  }

  @Override
  public void commit(int end) {
    queue.commit(end);
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    queue.append(bytes, from, to);
  }

  @Override
  public void sendWhole(byte[] bytes) {
    queue.appendWhole(bytes);
  }

  @Override
  public void sendFile(FileSlice slice) {
    if (closed) {
      slice.close();
    } else {
      queue.append(slice);
      if (shared) {
        sealQueue(); // which closes it: the thread that closes the connection must not
      }
    }
  }

  @Override
  public void flush() {
    sealQueue();
  }

  /** The socket took bytes: there is room for more. */
  void sent() {
    if (!queue.isEmpty() && raw.unsent() < MAX_SEALED_BYTES) {
      sealQueue();
    }
  }

  private void sealQueue() {
    if (closed) {
      queue.clear();
      return;
    }
    if (sealing) {
      return; // the raw wire says that it has sent, while it sends
    }
    try {
      sealRecords();
    } catch (IOException e) {
      connection.failed(e);
    }
    if (closed) {
      queue.clear(); // the peer has gone meanwhile
      return;
    }
    engine.flush(raw);
    endIfSealed();
  }

  private void sealRecords() throws IOException {
    sealing = true;
    try {
      while (!closed && !queue.isEmpty() && raw.unsent() < MAX_SEALED_BYTES) {
        queue.takeRecord(seal);
      }
    } finally {
      sealing = false;
    }
  }

  private void seal(ByteBuffer plain) throws TlsException {
    engine.send(plain, raw);
  }

  private void endIfSealed() {
    if (endAfterQueue && queue.isEmpty() && !closed) {
      endAfterQueue = false;
      outputEnded = true;
      engine.closeOutput(raw);
      engine.shutdownOutput(raw);
    }
  }

  @Override
  public long unsent() {
    return closed ? 0 : queue.size() + raw.unsent();
  }

  @Override
  public void receiving(boolean on) {
    raw.receiving(on);
  }

  /** An end that was decrypted with the bytes before it comes first: nothing may follow it. */
  @Override
  public void awaitInput() throws IOException {
    if (!connection.passEndOfInput()) {
      raw.awaitInput();
    }
  }

  @Override
  public void shutdownOutput() {
    if (!outputEnded) {
      endAfterQueue = true;
      sealQueue();
    }
  }

  /** Whether {@link #shutdownOutput} was called: what is received then is of no use any more. */
  boolean isEnding() {
    return endAfterQueue || outputEnded;
  }

  @Override
  public void close() {
    release();
    raw.close();
  }

  /** The raw wire is closed, or about to be. */
  void release() {
    if (!closed) {
      closed = true;
      if (!sealing && !shared) {
        queue.clear();
      }
      connection.ended();
    }
  }

  @Override
  public void abort() {
    raw.abort();
  }

  @Override
  public SocketAddress remoteAddress() {
    return raw.remoteAddress();
  }

  @Override
  public Optional<TlsSession> tls() {
    TlsSession known = session;
    if (known == null) {
      known = engine.session();
      session = known;
    }
    return Optional.of(known);
  }
}
