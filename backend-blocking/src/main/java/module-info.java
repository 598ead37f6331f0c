/** The blocking backend: SO_REUSEPORT acceptors and a virtual thread per connection. */
module dev.leantea.blocking {
  requires transitive dev.leantea;
  requires static org.jspecify;

  exports dev.leantea.blocking;

  provides dev.leantea.backend.BackendProvider with
      dev.leantea.blocking.BlockingProvider;
}
