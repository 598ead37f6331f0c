package dev.leantea.reactor;

import dev.leantea.loop.SocketLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A real engine that can be made to fail.
 *
 * @param beforeWait called before each wait for events
 * @param closed whether it was closed
 */
record HookedEngine(Engine engine, Hook beforeWait, AtomicBoolean closed) implements Engine {
  /** What happens first; what it throws is what the engine fails with. */
  interface Hook {
    void run() throws IOException;
  }

  HookedEngine(Engine engine, Hook beforeWait) {
    this(engine, beforeWait, new AtomicBoolean());
  }

  @Override
  public InetSocketAddress address() {
    return engine.address();
  }

  @Override
  public boolean needsPlatformThread() {
    return engine.needsPlatformThread();
  }

  @Override
  public void await(long nanos) throws IOException {
    beforeWait.run();
    engine.await(nanos);
  }

  @Override
  public void process() {
    engine.process();
  }

  @Override
  public void wakeup() {
    engine.wakeup();
  }

  @Override
  public SocketLoop socketLoop() {
    return engine.socketLoop();
  }

  @Override
  public void resumeAccepting() {
    engine.resumeAccepting();
  }

  @Override
  public void acceptFor(Engine other) {
    engine.acceptFor(other);
  }

  @Override
  public void stopAccepting() {
    engine.stopAccepting();
  }

  @Override
  public void closeByForce() {
    engine.closeByForce();
  }

  @Override
  public void close() {
    closed.set(true);
    engine.close();
  }
}
