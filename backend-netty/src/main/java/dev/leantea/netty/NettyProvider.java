package dev.leantea.netty;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.BackendProvider;
import dev.leantea.backend.BackendSpec;
import dev.leantea.server.JvmPreparation;
import java.util.List;
import java.util.Optional;

/** Offers {@code netty}; {@code netty:epoll} or {@code netty:nio} names a transport. */
public final class NettyProvider implements BackendProvider {
  private static final String USAGE = "netty[:epoll|kqueue|nio][:LOOPS]";

  /** Called by {@link java.util.ServiceLoader}. */
  public NettyProvider() {}

  @Override
  public String name() {
    return "netty";
  }

  @Override
  public List<String> aliases() {
    return List.of("libuv");
  }

  @Override
  public int rank() {
    return 2;
  }

  @Override
  public String usage() {
    return USAGE;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty(); // NIO always is
  }

  @Override
  public Backend create(BackendSpec spec) {
    JvmPreparation.begin();
    String best = NettyTransport.best().text();
    NettyTransport transport = NettyTransport.of(spec.engine(NettyTransport.texts(), best, USAGE));
    transport
        .unavailable()
        .ifPresent(
            why -> {
              throw new BackendException(
                  "backend %s: %s cannot run here: %s; expected %s, best here %s"
                      .formatted(spec, transport.text(), why, USAGE, best));
            });
    int loops = spec.count(Runtime.getRuntime().availableProcessors(), USAGE);
    return new NettyBackend(transport, loops, spec.reason());
  }
}
