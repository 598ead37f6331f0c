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

  private void deal(SocketChannel accepted) {
    engines.get(next).takeFromAnyLoop(accepted);
    next = (next + 1) % engines.size();
  }
}
