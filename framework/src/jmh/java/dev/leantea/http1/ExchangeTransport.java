package dev.leantea.http1;

import dev.leantea.exchange.Application;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A connection without a socket: requests come from an array, answers are counted. The handler
 * reads target and body, as {@link NettyHandler} does, and runs inline. One thread.
 */
final class ExchangeTransport implements Wire, Owner {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

  private final byte[] output = new byte[4 * 1024];
  private long sent;
  private boolean closed;

  WireListener connection() {
    Handler handler =
        Handler.nonBlocking(
            request -> {
              if (request.target().path().isEmpty() || request.bytes().length < 0) {
                throw new IllegalStateException("expected a target and a body");
              }
              return Response.text(200, "ok");
            });
    var application = new Application(handler, Limits.DEFAULTS, ExchangeListener.NONE);
    return new Http1Protocol(application).connect(this, this);
  }

  /** Sends a request and returns how many bytes the answers had so far. */
  long exchange(WireListener connection, byte[] request) {
    long before = sent;
    connection.received(request, 0, request.length);
    if (sent == before || closed) {
      throw new IllegalStateException("expected an answer and an open connection");
    }
    return sent;
  }

  @Override
  public byte[] reserve(int bytes) {
    return output;
  }

  @Override
  public int position() {
    return 0;
  }

  @Override
  public void commit(int end) {
    sent += end;
  }

  @Override
  public void abort() {
    closed = true;
  }

  @Override
  public boolean isCurrent() {
    return true;
  }

  @Override
  public void startBeside(Runnable handler) {
    start(handler);
  }

  @Override
  public boolean takeHeld() {
    return false;
  }

  @Override
  public void startNonBlocking(Runnable handler) {
    handler.run();
  }

  @Override
  public boolean readsItself() {
    return false;
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    System.arraycopy(bytes, from, output, 0, to - from);
    sent += to - from;
  }

  @Override
  public void sendWhole(byte[] bytes) {
    send(bytes, 0, bytes.length);
  }

  @Override
  public void sendFile(FileSlice slice) {
    throw new IllegalStateException("expected no file");
  }

  @Override
  public void flush() {}

  @Override
  public long unsent() {
    return 0;
  }

  @Override
  public void receiving(boolean on) {}

  @Override
  public void shutdownOutput() {
    closed = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean draining() {
    return false;
  }

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public void start(Runnable handler) {
    handler.run();
  }

  @Override
  public SocketAddress remoteAddress() {
    return PEER;
  }
}
