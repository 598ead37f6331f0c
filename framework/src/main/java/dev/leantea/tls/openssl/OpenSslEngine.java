package dev.leantea.tls.openssl;

import dev.leantea.http.TlsSession;
import dev.leantea.tls.engine.Plaintext;
import dev.leantea.tls.engine.TlsEngine;
import dev.leantea.tls.engine.TlsException;
import dev.leantea.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection by OpenSSL. One thread at a time.
 *
 * <pre>
 *  HANDSHAKE ─▶ OPEN ─ close_notify received ─▶ INPUT_CLOSED
 *      └──────────┴──── error ─▶ FAILED           (each) ─ close ─▶ CLOSED
 * </pre>
 *
 * <p>During the handshake the {@code SSL} has BIOs of its own, so that a {@link HandshakeTask} can
 * run on another thread; then it uses those of a {@link Transfer}. When the engine is closed, the
 * {@code SSL} is freed and no call reaches it.
 */
final class OpenSslEngine implements TlsEngine {
  /** Bytes that are passed to OpenSSL at a time: limits the memory of the BIOs. */
  private static final int MAX_CIPHERTEXT_BYTES = 16 * 1024;

  /** A fatal {@code unexpected_message} (RFC 8446 §6.2) that is not encrypted. */
  private static final byte[] UNEXPECTED_MESSAGE = {21, 3, 3, 0, 2, 2, 10};

  private enum Phase {
    HANDSHAKE,
    OPEN,
    INPUT_CLOSED,
    FAILED,
    CLOSED
  }

  private final OpenSslContext context;
  private final long ssl;
  private Phase phase = Phase.HANDSHAKE;
  private boolean answered;
  private boolean outputClosed;

  /** The BIOs of the handshake. Not set when it has ended. */
  private @Nullable Bios own;

  /** The step of the handshake that is made on another thread, until {@link #resume}. */
  private @Nullable HandshakeTask task;

  /** The same until {@link #takeTask}. */
  private @Nullable HandshakeTask untaken;

  /** The one that the {@code SSL}'s BIOs belong to: in use, or one that others use meanwhile. */
  private @Nullable Transfer attached;

  /** Calls in progress: a response is sent while its request is received. */
  private int depth;

  private @Nullable TlsSession session;

  OpenSslEngine(OpenSslContext context, long sslContext) {
    this.context = context;
    this.ssl = Libssl.newServerSide(sslContext);
    try {
      Bios bios = Bios.create();
      bios.moveTo(ssl);
      this.own = bios;
    } catch (RuntimeException | Error e) {
      Libssl.free(ssl);
      throw e;
    }
  }

  // ---- handshake

  @Override
  public void receive(byte[] bytes, int from, int to, Wire out, Plaintext in) throws TlsException {
    Bios bios = own;
    if (bios != null && phase == Phase.HANDSHAKE) {
      receiveHandshake(bios, bytes, from, to, out, in);
    } else if (phase == Phase.OPEN) {
      decrypt(bytes, from, to, out, in);
    }
  }

  private void receiveHandshake(Bios bios, byte[] bytes, int from, int to, Wire out, Plaintext in)
      throws TlsException {
    if (task != null) {
      throw new IllegalStateException("handshake: expected resume() after its task, got bytes");
    }
    bios.put(bytes, from, to);
    if (context.isFast()) {
      proceed(HandshakeStep.of(ssl, bios), bios, out, in);
    } else {
      task = new HandshakeTask(() -> HandshakeStep.of(ssl, bios), this::free);
      untaken = task;
    }
  }

  @Override
  public @Nullable Runnable takeTask() {
    Runnable offered = untaken;
    untaken = null;
    return offered;
  }

  @Override
  public void resume(Wire out, Plaintext in) throws TlsException {
    Bios bios = own;
    HandshakeTask done = task;
    if (bios != null && done != null) {
      HandshakeStep step = done.step();
      task = null;
      proceed(step, bios, out, in);
    }
  }

  private void proceed(HandshakeStep step, Bios bios, Wire out, Plaintext in) throws TlsException {
    answered |= bios.sendTo(out);
    switch (step) {
      case HandshakeStep.Incomplete _ -> {}
      case HandshakeStep.Failed(String reason) -> {
        if (!answered) { // OpenSSL sends no alert to a peer whose first bytes are no TLS
          out.send(UNEXPECTED_MESSAGE, 0, UNEXPECTED_MESSAGE.length);
        }
        throw failed("handshake: " + reason);
      }
      case HandshakeStep.Complete _ -> {
        byte[] rest = bios.takeUnread(); // data may have come with the end of the handshake
        own = null;
        phase = Phase.OPEN;
        decrypt(rest, 0, rest.length, out, in);
      }
    }
  }

  @Override
  public boolean isHandshakeComplete() {
    return phase == Phase.OPEN || phase == Phase.INPUT_CLOSED;
  }

  @Override
  public TlsSession session() {
    if (!isHandshakeComplete()) {
      throw new IllegalStateException("TLS session: expected a complete handshake, got " + phase);
    }
    if (session == null) {
      session = Sessions.of(ssl);
    }
    return session;
  }

  // ---- data

  private void decrypt(byte[] bytes, int from, int to, Wire out, Plaintext in) throws TlsException {
    Transfer transfer = begin();
    boolean intact = false;
    try {
      for (int at = from; at < to && phase == Phase.OPEN; at += MAX_CIPHERTEXT_BYTES) {
        transfer.bios.put(bytes, at, Math.min(to, at + MAX_CIPHERTEXT_BYTES));
        readRecords(transfer, out, in);
      }
      intact = true;
    } finally {
      end(transfer, intact);
    }
  }

  /** Reads until OpenSSL has taken all bytes. The receiver of plaintext may send, and close. */
  private void readRecords(Transfer transfer, Wire out, Plaintext in) throws TlsException {
    do {
      Libcrypto.clearErrors();
      int count = Libssl.read(ssl, transfer.plaintext);
      if (count > 0) {
        in.received(transfer.plaintext, 0, count);
      } else {
        readNothing(Libssl.error(ssl, count), transfer, out);
      }
    } while (phase == Phase.OPEN && transfer.bios.unread() > 0);
    if (phase != Phase.CLOSED) {
      transfer.bios.sendTo(out); // the answer to a KeyUpdate
    }
  }

  private void readNothing(int error, Transfer transfer, Wire out) throws TlsException {
    switch (error) {
      case Abi.ERROR_WANT_READ -> {}
      case Abi.ERROR_ZERO_RETURN -> phase = Phase.INPUT_CLOSED;
      default -> {
        String reason = Errors.take();
        transfer.bios.sendTo(out); // the alert
        throw failed(reason);
      }
    }
  }

  @Override
  public boolean isInputClosed() {
    return phase == Phase.INPUT_CLOSED;
  }

  @Override
  public void send(ByteBuffer plain, Wire out) throws TlsException {
    if (phase == Phase.HANDSHAKE) {
      throw new IllegalStateException("TLS: expected data after the handshake, got it before");
    }
    if (!isWritable()) {
      return;
    }
    Transfer transfer = begin();
    boolean intact = false;
    try {
      MemorySegment bytes = MemorySegment.ofBuffer(plain);
      for (int at = 0; at < plain.remaining(); ) {
        at += encrypt(bytes, at, Math.min(plain.remaining() - at, Transfer.MAX_PLAINTEXT_BYTES));
        transfer.bios.sendTo(out);
      }
      intact = true;
    } finally {
      end(transfer, intact);
    }
  }

  /** Writes one record; returns the number of bytes in it. */
  private int encrypt(MemorySegment bytes, int from, int count) throws TlsException {
    Libcrypto.clearErrors();
    int written = Libssl.write(ssl, bytes.asSlice(from, count), count);
    if (written <= 0) {
      throw failed("write: " + Errors.take());
    }
    return written;
  }

  @Override
  public void closeOutput(Wire out) {
    if (isWritable()) {
      outputClosed = true;
      Transfer transfer = begin();
      Libcrypto.clearErrors();
      Libssl.shutdown(ssl);
      transfer.bios.sendTo(out);
      end(transfer, true);
    }
  }

  private boolean isWritable() {
    return isHandshakeComplete() && !outputClosed;
  }

  // ---- memory

  private Transfer begin() {
    Transfer last = attached;
    if (depth > 0 && last != null) {
      depth++;
      return last;
    }
    Transfer transfer = Transfer.take();
    if (transfer != last) {
      transfer.bios.attachTo(ssl);
      attached = transfer;
    }
    depth = 1;
    return transfer;
  }

  /**
   * @param intact whether OpenSSL got all bytes, and the wire all that OpenSSL wrote
   */
  private void end(Transfer transfer, boolean intact) {
    if (!intact && phase != Phase.CLOSED) {
      phase = Phase.FAILED;
    }
    if (--depth == 0) {
      if (phase != Phase.OPEN) {
        transfer.bios.clear();
      }
      transfer.give();
    }
  }

  private TlsException failed(String reason) {
    phase = Phase.FAILED;
    return new TlsException(reason);
  }

  @Override
  public void close() {
    if (phase != Phase.CLOSED) {
      phase = Phase.CLOSED;
      own = null;
      attached = null;
      if (task == null || !task.abandon()) {
        free();
      }
    }
  }

  private void free() {
    Libssl.free(ssl);
    context.release();
  }
}
