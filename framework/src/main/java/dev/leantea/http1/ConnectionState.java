package dev.leantea.http1;

import dev.leantea.exchange.Exchange;
import dev.leantea.exchange.UpgradedInput;
import dev.leantea.http.Response;

/** Where an HTTP/1.1 connection is, with what belongs to that: see {@link Http1Connection}. */
sealed interface ConnectionState {
  ConnectionState HEAD = new Head();
  ConnectionState LINGERING = new Lingering();
  ConnectionState CLOSED = new Closed();

  /** A request that is not answered to the end. */
  sealed interface Busy extends ConnectionState {
    Exchange exchange();
  }

  /** Between requests, or within a head. */
  record Head() implements ConnectionState {}

  /** An exchange owes the answer. */
  record Handling(Exchange exchange, RequestHead head) implements Busy {}

  /** The answer waits for the rest of an unread body. */
  record Discarding(Exchange exchange, RequestHead head, Response answer) implements Busy {}

  /** The head of a streamed response was sent. */
  record Streaming(Exchange exchange, boolean keep) implements Busy {}

  /** Another protocol is spoken. */
  record Upgraded(Exchange exchange, UpgradedInput input) implements Busy {}

  /** The last answer is on its way; what comes is discarded. */
  record Lingering() implements ConnectionState {}

  /** The end. */
  record Closed() implements ConnectionState {}
}
