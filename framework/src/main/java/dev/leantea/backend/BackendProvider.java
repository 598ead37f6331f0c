package dev.leantea.backend;

import java.util.List;
import java.util.Optional;

/**
 * Makes a backend known to {@link Backends} through {@link java.util.ServiceLoader}. A backend's
 * jar names its provider in {@code META-INF/services} and in its module descriptor.
 */
public interface BackendProvider {
  /** The name users type. */
  String name();

  /** Other names, with the same arguments behind them. */
  List<String> aliases();

  /** Where several are on the path and none is asked for, the lowest is taken. */
  int rank();

  /** What may stand behind the name, for messages: {@code reactor[:io_uring|nio][:LOOPS]}. */
  String usage();

  /** Why it can not run on this machine; empty where it can. */
  Optional<String> unavailable();

  /**
   * Makes the backend.
   *
   * @throws BackendException when the arguments are wrong or an engine they ask for is unavailable
   */
  Backend create(BackendSpec spec);
}
