package dev.leantea.blocking;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendProvider;
import dev.leantea.backend.BackendSpec;
import dev.leantea.server.JvmPreparation;
import java.util.List;
import java.util.Optional;

/** Offers {@code blocking} and its alias {@code fast}; {@code fast:16} has 16 acceptors. */
public final class BlockingProvider implements BackendProvider {
  private static final String USAGE = "blocking[:ACCEPTORS]";

  /** Called by {@link java.util.ServiceLoader}. */
  public BlockingProvider() {}

  @Override
  public String name() {
    return "blocking";
  }

  @Override
  public List<String> aliases() {
    return List.of("fast");
  }

  @Override
  public int rank() {
    return 3;
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
    JvmPreparation.begin();
    spec.engine(List.of(), "", USAGE);
    int acceptors = spec.count(Runtime.getRuntime().availableProcessors(), USAGE);
    return new BlockingBackend(acceptors, spec.reason());
  }
}
