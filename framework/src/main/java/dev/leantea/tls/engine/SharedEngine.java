package dev.leantea.tls.engine;

import dev.leantea.http.TlsSession;
import dev.leantea.wire.Wire;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An engine that one thread receives with while another one sends, as on the blocking backend.
 *
 * <pre>
 *  sends, receives ── lock ──▶ engine ─▶ RecordBuffer, plaintext
 *                                          │ without that lock: a write waits for the peer
 *                     order lock ──────────┴──▶ wire, in the order of the records
 * </pre>
 */
final class SharedEngine implements TlsEngine {
  private final TlsEngine engine;
  private final ReentrantLock lock = new ReentrantLock();

  /** Held while records are written, which are taken from the buffer by whoever holds it. */
  private final ReentrantLock order = new ReentrantLock();

  private final RecordBuffer records = new RecordBuffer();

  SharedEngine(TlsEngine engine) {
    this.engine = engine;
  }

  /** A call of the engine that decrypts. */
  private interface Step {
    void run(Plaintext plain) throws TlsException;
  }

  @Override
  public void receive(byte[] bytes, int from, int to, Wire out, Plaintext in) throws TlsException {
    decrypt(plain -> engine.receive(bytes, from, to, records, plain), out, in);
  }

  @Override
  public void resume(Wire out, Plaintext in) throws TlsException {
    decrypt(plain -> engine.resume(records, plain), out, in);
  }

  private void decrypt(Step step, Wire out, Plaintext in) throws TlsException {
    var plain = new RecordBuffer();
    try {
      lock.lock();
      try {
        step.run(plain::send);
      } finally {
        lock.unlock();
      }
    } finally {
      write(out);
    }
    if (!plain.isEmpty()) {
      byte[] bytes = plain.take();
      in.received(bytes, 0, bytes.length);
    }
  }

  private void write(Wire out) {
    if (isWritten()) {
      return;
    }
    order.lock();
    try {
      byte[] bytes = takeRecords();
      if (bytes.length > 0) {
        out.send(bytes, 0, bytes.length);
        out.flush();
      }
    } finally {
      order.unlock();
    }
  }

  private boolean isWritten() {
    lock.lock();
    try {
      return records.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private byte[] takeRecords() {
    lock.lock();
    try {
      return records.take();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Runnable takeTask() {
    return engine.takeTask();
  }

  @Override
  public void send(ByteBuffer plain, Wire out) throws TlsException {
    order.lock();
    try {
      lock.lock();
      try {
        engine.send(plain, records);
      } finally {
        lock.unlock();
      }
      write(out);
    } finally {
      order.unlock();
    }
  }

  /** Records are flushed when they are written: a thread that reads must not flush another's. */
  @Override
  public void flush(Wire out) {
    write(out);
  }

  @Override
  public void shutdownOutput(Wire out) {
    order.lock();
    try {
      out.shutdownOutput();
    } finally {
      order.unlock();
    }
  }

  @Override
  public void closeOutput(Wire out) {
    lock.lock();
    try {
      engine.closeOutput(records);
    } finally {
      lock.unlock();
    }
    write(out);
  }

  @Override
  public boolean isHandshakeComplete() {
    return engine.isHandshakeComplete();
  }

  @Override
  public boolean isInputClosed() {
    return engine.isInputClosed();
  }

  @Override
  public TlsSession session() {
    lock.lock();
    try {
      return engine.session();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      engine.close();
    } finally {
      lock.unlock();
    }
  }
}
