package dev.leantea.backend;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds backends whose classes are on the path without a service entry, as in a jar merged from
 * several jars of which one {@code META-INF/services} file replaced the others. No class is loaded.
 */
final class MissingEntries {
  private static final List<String> PROVIDERS =
      List.of(
          "dev.leantea.reactor.ReactorProvider",
          "dev.leantea.netty.NettyProvider",
          "dev.leantea.blocking.BlockingProvider");

  private MissingEntries() {}

  /**
   * What is missing and what to do, in one line; empty when nothing is missing.
   *
   * @param found the providers that have an entry
   */
  static Optional<String> describe(ClassLoader loader, List<BackendProvider> found) {
    List<String> known = found.stream().map(provider -> provider.getClass().getName()).toList();
    List<String> missing =
        PROVIDERS.stream()
            .filter(name -> !known.contains(name))
            .filter(name -> loader.getResource(name.replace('.', '/') + ".class") != null)
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            missing.stream().collect(Collectors.joining(" and "))
                + " on the class path without an entry in META-INF/services/"
                + BackendProvider.class.getName()
                + ": a jar merged from several needs the lines of all these files (maven-shade-plugin:"
                + " ServicesResourceTransformer; Gradle Shadow: mergeServiceFiles)");
  }
}
