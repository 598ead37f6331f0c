package dev.leantea.reactor;

import dev.leantea.loop.SocketLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

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
  public SocketAddress listen(int number, SocketAddress address, Supplier<Engine> next)
      throws IOException {
    return engine.listen(number, address, () -> target(next.get()));
  }

  /** The real one. */
  private static Engine target(Engine engine) {
    return engine instanceof HookedEngine hooked ? hooked.engine : engine;
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
    engine.acceptFor(target(other));
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
