package dev.leantea.backend;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Picks a backend among those on the path.
 *
 * <p>Precedence: code or command line ({@link #named}) over the environment variable {@value
 * #VARIABLE} over discovery. A wrong value from the environment warns on stderr and falls back to
 * discovery, for an operator's typo must not stop a service; a wrong value in code is an error.
 */
public final class Backends {
  /** {@code NAME[:ARGUMENT…]}, for example {@code reactor:nio:2}. */
  public static final String VARIABLE = "LEANTEA_HTTP_BACKEND";

  private Backends() {}

  /**
   * The backend that the environment names, or the one found on the path; of several reactor, then
   * netty, then blocking. Warns when a backend's classes are on the path without a service entry.
   *
   * @throws BackendException when no backend is on the path
   */
  public static Backend fromEnv() {
    return fromEnv(System.getenv(), System.err::println);
  }

  /** As {@link #fromEnv()}, with the environment and the place for warnings given. */
  static Backend fromEnv(Map<String, String> environment, Consumer<String> warnings) {
    String asked = environment.getOrDefault(VARIABLE, "").strip();
    if (asked.isEmpty()) {
      Backend found = discover("");
      missing(providers())
          .ifPresent(
              text -> warnings.accept("leantea: warning: " + text + "; using " + found.name()));
      return found;
    }
    try {
      return named(asked, VARIABLE + "=" + asked);
    } catch (BackendException e) {
      Backend fallback = discover(", as " + VARIABLE + "=" + asked + " is not available");
      warnings.accept(
          "leantea: warning: %s=%s: %s; using %s"
              .formatted(VARIABLE, asked, e.getMessage(), fallback.name()));
      return fallback;
    }
  }

  /**
   * The backend of a specification such as {@code netty}, {@code reactor:nio:2} or {@code fast:16}.
   *
   * @throws BackendException when there is none, its arguments are wrong, or it cannot run here;
   *     the message lists what can
   */
  public static Backend named(String spec) {
    return named(spec, "named in code");
  }

  /** As {@link #named(String)}, with who asked for it, for {@link Backend#reason}. */
  public static Backend named(String text, String reason) {
    BackendSpec spec = BackendSpec.parse(text, reason);
    List<BackendProvider> providers = providers();
    BackendProvider provider =
        providers.stream()
            .filter(it -> it.name().equals(spec.name()) || it.aliases().contains(spec.name()))
            .findFirst()
            .orElseThrow(() -> new BackendException(unknown(spec, providers)));
    Optional<String> unavailable = provider.unavailable();
    if (unavailable.isPresent()) {
      throw new BackendException(
          "backend "
              + spec
              + " cannot run here: "
              + unavailable.get()
              + "; "
              + available(providers));
    }
    return provider.create(spec);
  }

  private static Backend discover(String why) {
    List<BackendProvider> providers = providers();
    List<BackendProvider> usable =
        providers.stream().filter(it -> it.unavailable().isEmpty()).toList();
    if (usable.isEmpty()) {
      throw new BackendException(
          "no backend: expected one of leantea-backend-reactor, leantea-backend-netty or"
              + " leantea-backend-blocking among the dependencies; "
              + available(providers));
    }
    String reason =
        usable.size() == 1
            ? "the only backend on the path"
            : "the default of " + names(usable) + " on the path";
    return usable
        .getFirst()
        .create(new BackendSpec(usable.getFirst().name(), List.of(), reason + why));
  }

  /** One line for a list of backends: name, arguments, and whether it can run here. */
  public static String available() {
    return available(providers());
  }

  private static String unknown(BackendSpec spec, List<BackendProvider> providers) {
    return "unknown backend " + spec.name() + "; " + available(providers);
  }

  private static String available(List<BackendProvider> providers) {
    String missing = missing(providers).map(text -> "; " + text).orElse("");
    if (providers.isEmpty()) {
      return "none is on the path" + missing;
    }
    return providers.stream()
        .map(Backends::describe)
        .collect(Collectors.joining(", ", "available: ", missing));
  }

  private static Optional<String> missing(List<BackendProvider> providers) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
    return MissingEntries.describe(loader, providers);
  }

  private static String describe(BackendProvider provider) {
    String aliases =
        provider.aliases().isEmpty()
            ? ""
            : " (alias " + String.join(", ", provider.aliases()) + ")";
    return provider.usage()
        + aliases
        + provider.unavailable().map(why -> " [not here: " + why + "]").orElse("");
  }

  private static String names(List<BackendProvider> providers) {
    return providers.stream().map(BackendProvider::name).collect(Collectors.joining(", "));
  }

  private static List<BackendProvider> providers() {
    return StreamSupport.stream(ServiceLoader.load(BackendProvider.class).spliterator(), false)
        .sorted(Comparator.comparingInt(BackendProvider::rank))
        .toList();
  }
}
