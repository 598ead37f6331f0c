package dev.leantea.reactor;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendProvider;
import dev.leantea.backend.BackendSpec;
import java.util.List;
import java.util.Optional;

/**
 * Offers {@code reactor}: {@code reactor:4} has four loops, {@code reactor:nio} names an engine.
 */
public final class ReactorProvider implements BackendProvider {
  private static final String USAGE = "reactor[:nio][:LOOPS]";
  private static final List<String> ENGINES = List.of("nio");

  /** Called by {@link java.util.ServiceLoader}. */
  public ReactorProvider() {}

  @Override
  public String name() {
    return "reactor";
  }

  @Override
  public List<String> aliases() {
    return List.of();
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public String usage() {
    return USAGE;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Backend create(BackendSpec spec) {
    String engine = spec.engine(ENGINES, "nio", USAGE);
    int loops = spec.count(Runtime.getRuntime().availableProcessors(), USAGE);
    return new ReactorBackend(NioEngine::open, engine, loops, spec.reason());
  }
}
