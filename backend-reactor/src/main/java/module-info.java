/** The reactor backend: a hand-written event loop. */
module dev.leantea.reactor {
  requires transitive dev.leantea;
  requires static org.jspecify;

  exports dev.leantea.reactor;

  provides dev.leantea.backend.BackendProvider with
      dev.leantea.reactor.ReactorProvider;
}
