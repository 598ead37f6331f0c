package dev.leantea.http1;

import dev.leantea.exchange.Exchange;
import dev.leantea.exchange.UpgradedInput;
import dev.leantea.http.Response;

/** The state of an HTTP/1.1 connection, with its data: see {@link Http1Connection}. */
sealed interface ConnectionState {
  ConnectionState HEAD = new Head();
  ConnectionState LINGERING = new Lingering();
  ConnectionState CLOSED = new Closed();

  /** There is a request whose response is not complete. */
  sealed interface Busy extends ConnectionState {
    Exchange exchange();
  }

  /** Between requests, or within a head. */
  record Head() implements ConnectionState {}

  /** An exchange has yet to respond. */
  record Handling(Exchange exchange, RequestHead head) implements Busy {}

  /** The response waits until the rest of the unread body was discarded. */
  record Discarding(Exchange exchange, RequestHead head, Response answer) implements Busy {}

  /** The head of a streamed response was sent. */
  record Streaming(Exchange exchange, boolean keep) implements Busy {}

  /** The connection was upgraded to another protocol. */
  record Upgraded(Exchange exchange, UpgradedInput input) implements Busy {}

  /** The last response was queued; input is discarded. */
  record Lingering() implements ConnectionState {}

  /** Closed. */
  record Closed() implements ConnectionState {}
}
