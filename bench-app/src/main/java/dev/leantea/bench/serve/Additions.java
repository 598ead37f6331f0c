package dev.leantea.bench.serve;

import dev.leantea.bench.database.Database;
import dev.leantea.bench.upstream.Upstream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command line adds to the routes that are always there.
 *
 * @param files the folder of {@code /files}
 * @param upstream the server that the proxy routes ask
 * @param dashboard counts requests
 * @param database answers the routes of the TechEmpower benchmarks
 * @param surroundings what is around all routes
 */
record Additions(
    Optional<Path> files,
    Optional<Upstream> upstream,
    Optional<Dashboard> dashboard,
    Optional<Database> database,
    Optional<Surroundings> surroundings) {
  static final Additions NONE =
      new Additions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  Additions withFiles(Path folder) {
    return new Additions(Optional.of(folder), upstream, dashboard, database, surroundings);
  }

  /** Closes what handlers use. The server has stopped. */
  void close() {
    upstream.ifPresent(Upstream::close);
    database.ifPresent(Database::close);
    surroundings.ifPresent(Surroundings::close);
  }
}
