package dev.leantea.reactor;

import dev.leantea.reactor.Loop.EngineFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Creates the engines of one server where the kernel does not distribute connections among the
 * listeners of a port: SO_REUSEPORT balances on Linux; on macOS the last listener gets all
 * connections, and Windows has no such option. Only the first loop listens, and it assigns the
 * connections to all loops in turn.
 */
final class NioDealer implements EngineFactory {
  /** Complete before the first loop starts; then used by the first loop only. */
  private final List<NioEngine> engines = new ArrayList<>();

  private int next;

  /** The factory for the engines of one server on this operating system. */
  static EngineFactory forSystem(String osName) {
    boolean balances = osName.toLowerCase(Locale.ROOT).startsWith("linux");
    return balances ? NioEngine::open : new NioDealer();
  }

  @Override
  public Engine open(Loop loop, InetSocketAddress address) throws IOException {
    NioEngine engine =
        engines.isEmpty()
            ? NioEngine.dealing(loop, address, this::deal)
            : NioEngine.withoutListener(loop, address);
    engines.add(engine);
    return engine;
  }

  /** To the next loop that nothing holds; to any if all are held. */
  private void deal(SocketChannel accepted) {
    NioEngine engine = next();
    for (int i = 1; i < engines.size() && engine.isHeld(); i++) {
      engine = next();
    }
    engine.takeFromAnyLoop(accepted);
  }

  private NioEngine next() {
    NioEngine engine = engines.get(next);
    next = (next + 1) % engines.size();
    return engine;
  }
}
