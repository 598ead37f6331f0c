package dev.leantea.reactor;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.BackendProvider;
import dev.leantea.backend.BackendSpec;
import dev.leantea.server.JvmPreparation;
import java.util.List;
import java.util.Optional;

/**
 * Provides the backend {@code reactor}: {@code reactor:4} has four loops, {@code reactor:nio}
 * selects an engine. Without an engine in the name, io_uring is used if available, else NIO.
 */
public final class ReactorProvider implements BackendProvider {
  private static final String USAGE = "reactor[:io_uring|nio][:LOOPS]";
  private static final List<String> ENGINES = List.of("io_uring", "nio");
  private static final String BEST = "";

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
    JvmPreparation.begin();
    int loops = spec.count(Runtime.getRuntime().availableProcessors(), USAGE);
    return switch (spec.engine(ENGINES, BEST, USAGE)) {
      case "nio" -> nio(loops, spec.reason());
      case "io_uring" -> named(loops, spec);
      default -> best(loops, spec.reason());
    };
  }

  private static Backend named(int loops, BackendSpec spec) {
    Optional<String> why = IoUring.unavailable();
    if (why.isPresent()) {
      throw new BackendException("backend " + spec + " cannot run here: " + why.get());
    }
    return ioUring(loops, spec.reason());
  }

  private static Backend best(int loops, String reason) {
    return IoUring.unavailable()
        .map(why -> nio(loops, reason + "; io_uring is unavailable: " + why))
        .orElseGet(() -> ioUring(loops, reason));
  }

  private static Backend ioUring(int loops, String reason) {
    return new ReactorBackend(UringEngine::open, Listening.EACH_LOOP, "io_uring", loops, reason);
  }

  private static Backend nio(int loops, String reason) {
    Listening listening = Listening.forSystem(System.getProperty("os.name", ""));
    return new ReactorBackend(NioEngine::open, listening, "nio", loops, reason);
  }
}
