package dev.leantea.tls.engine;

import dev.leantea.http.TlsSession;
import dev.leantea.wire.Wire;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection by the JDK's {@link SSLEngine}. One thread at a time.
 *
 * <pre>
 *  received ─▶ RecordInput: whole records ─▶ unwrap ─┬─▶ plaintext
 *                                                    ├─▶ task ─▶ resume
 *                                                    └─▶ wrap: handshake messages, alerts
 * </pre>
 */
final class JdkEngine implements TlsEngine {
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private static final Scratch PLAIN = new Scratch();
  private static final Scratch SEALED = new Scratch();

  /** Calls of wrap in a row before the engine is given up, which never happens. */
  private static final int MAX_WRAPS = 100;

  private final SSLEngine engine;
  private final RecordInput input = new RecordInput();
  private boolean complete;
  private boolean inputClosed;
  private boolean outputClosed;
  private boolean closed;
  private @Nullable Runnable task;
  private boolean taskRuns;

  JdkEngine(SSLEngine engine) {
    this.engine = engine;
  }

  // ---- input

  @Override
  public void receive(byte[] bytes, int from, int to, Wire out, Plaintext in) throws TlsException {
    if (closed || inputClosed) {
      return;
    }
    input.add(bytes, from, to);
    try {
      process(out, in);
    } finally {
      input.keep();
    }
  }

  @Override
  public @Nullable Runnable takeTask() {
    Runnable taken = task;
    task = null;
    return taken;
  }

  @Override
  public void resume(Wire out, Plaintext in) throws TlsException {
    taskRuns = false;
    process(out, in);
    input.keep();
  }

  private void process(Wire out, Plaintext in) throws TlsException {
    byte[] plain = PLAIN.take();
    try {
      afterStep(engine.getHandshakeStatus(), out);
      while (isReadable() && input.hasRecord()) {
        unwrap(out, in, plain);
      }
    } catch (SSLException e) {
      sendAlert(out);
      throw new TlsException(String.valueOf(e.getMessage()), e);
    } catch (BadRecordException e) {
      alert(e.description, out);
      throw new TlsException(String.valueOf(e.getMessage()), e);
    } finally {
      PLAIN.give(plain);
    }
  }

  private boolean isReadable() {
    return !closed && !inputClosed && !taskRuns;
  }

  private void unwrap(Wire out, Plaintext in, byte[] array)
      throws SSLException, BadRecordException {
    if (complete && input.isRenegotiation(engine.getSession().getProtocol())) {
      throw new BadRecordException(
          RecordInput.NO_RENEGOTIATION, "renegotiation is refused (RFC 5246 §7.2.2)");
    }
    ByteBuffer plain = ByteBuffer.wrap(array);
    SSLEngineResult result = engine.unwrap(input.record(), plain);
    input.advance(result.bytesConsumed());
    switch (result.getStatus()) {
      case OK -> {}
      case CLOSED -> inputClosed = true;
      case BUFFER_UNDERFLOW ->
          throw new BadRecordException(RecordInput.DECODE_ERROR, "record: malformed length");
      case BUFFER_OVERFLOW ->
          throw new BadRecordException(RecordInput.RECORD_OVERFLOW, "record: too much plaintext");
    }
    requireProgress(result);
    afterStep(result.getHandshakeStatus(), out);
    if (plain.position() > 0) {
      in.received(array, 0, plain.position());
    }
  }

  /** A call that neither takes nor gives anything would be repeated for ever. */
  private void requireProgress(SSLEngineResult result) throws SSLException {
    if (result.getStatus() == Status.OK
        && result.bytesConsumed() == 0
        && result.getHandshakeStatus() != HandshakeStatus.NEED_TASK
        && result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
      throw new SSLException("the engine made no progress");
    }
  }

  /** What the engine asks for after a step: to run a task, or to send. */
  private void afterStep(HandshakeStatus status, Wire out) throws SSLException {
    HandshakeStatus next = status;
    for (int i = 0; i < MAX_WRAPS; i++) {
      switch (next) {
        case FINISHED -> {
          complete = true;
          next = engine.getHandshakeStatus(); // session tickets may follow
        }
        case NEED_WRAP -> {
          SSLEngineResult result = wrap(NO_BYTES, out);
          next = result.getHandshakeStatus();
          if (result.getStatus() == Status.CLOSED) {
            return;
          }
        }
        case NEED_TASK, NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING -> {
          needTask(next == HandshakeStatus.NEED_TASK);
          return;
        }
      }
    }
    throw new SSLException("the engine made no progress");
  }

  private void needTask(boolean needed) {
    if (needed) {
      taskRuns = true;
      task = this::runTasks;
    }
  }

  private void runTasks() {
    for (Runnable next = engine.getDelegatedTask();
        next != null;
        next = engine.getDelegatedTask()) {
      next.run();
    }
  }

  // ---- output

  private SSLEngineResult wrap(ByteBuffer plain, Wire out) throws SSLException {
    byte[] array = SEALED.take();
    try {
      ByteBuffer sealed = ByteBuffer.wrap(array);
      SSLEngineResult result = engine.wrap(plain, sealed);
      out.send(array, 0, sealed.position());
      return result;
    } finally {
      SEALED.give(array);
    }
  }

  @Override
  public void send(ByteBuffer plain, Wire out) throws TlsException {
    if (!complete && !closed) {
      throw new IllegalStateException("TLS: expected data after the handshake, got it before");
    }
    try {
      while (plain.hasRemaining() && !closed && !outputClosed) {
        SSLEngineResult result = wrap(plain, out);
        if (result.getStatus() != Status.OK) {
          throw new SSLException("the engine could not encrypt: " + result.getStatus());
        }
      }
    } catch (SSLException e) {
      throw new TlsException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void closeOutput(Wire out) {
    if (complete && !closed && !outputClosed) {
      outputClosed = true;
      engine.closeOutbound();
      sendAlert(out);
    }
  }

  /** Sends the alert that the engine has ready. */
  private void sendAlert(Wire out) {
    try {
      for (int i = 0;
          i < MAX_WRAPS && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
          i++) {
        if (wrap(NO_BYTES, out).getStatus() == Status.CLOSED) {
          return;
        }
      }
    } catch (SSLException e) {
      // the connection ends without an alert
    }
  }

  /** An alert of ours: the engine makes none, but for the end, when records are encrypted. */
  private void alert(byte description, Wire out) {
    if (complete) {
      closeOutput(out);
    } else {
      byte[] record = RecordInput.fatalAlert(description);
      out.send(record, 0, record.length);
    }
  }

  // ---- state

  @Override
  public boolean isHandshakeComplete() {
    return complete;
  }

  @Override
  public boolean isInputClosed() {
    return inputClosed;
  }

  @Override
  public TlsSession session() {
    if (!complete) {
      throw new IllegalStateException("TLS session: expected a complete handshake");
    }
    return JdkSessions.of(engine);
  }

  @Override
  public void close() {
    closed = true;
    input.clear();
  }
}
