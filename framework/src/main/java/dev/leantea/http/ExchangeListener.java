package dev.leantea.http;

/**
 * Notified once of every exchange of a server, refused and broken ones too: access logs and metrics
 * are made of it. Register it with the server's configuration.
 *
 * <p>Called on the thread that owns the connection, an event loop as a rule: it must not block.
 * What it throws is logged and otherwise ignored.
 */
@FunctionalInterface
public interface ExchangeListener {
  /** Does nothing. */
  ExchangeListener NONE = _ -> {};

  /** An exchange has ended, whatever became of it. */
  void completed(CompletedExchange exchange);
}
