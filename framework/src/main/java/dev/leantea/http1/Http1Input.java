package dev.leantea.http1;

import dev.leantea.exchange.Exchange;
import dev.leantea.exchange.IncomingBody;
import dev.leantea.http.Request;
import dev.leantea.http.RequestContent;
import dev.leantea.http.RequestTarget;
import dev.leantea.http1.ConnectionState.Busy;
import dev.leantea.http1.ConnectionState.Discarding;
import dev.leantea.http1.ConnectionState.Handling;
import dev.leantea.http1.ProtocolException.Reason;

/**
 * The receiving half of an {@link Http1Connection}: starts an exchange for each head, and moves the
 * bytes of its body. One owner thread.
 *
 * <pre>
 *  readHead ─┬─ head complete ─▶ Exchange.start ─▶ feed … ─┬─ body complete ─▶ Exchange.bodyEnded
 *            └─ malformed ─▶ refuse                        └─ malformed ─▶ Exchange.bodyFailed
 * </pre>
 */
final class Http1Input {
  /** Maximum unread body that is discarded to keep the connection; beyond it closing is cheaper. */
  static final int MAX_DISCARDED_BYTES = 64 * 1024;

  private final Http1Connection connection;
  private final RequestReader reader;
  private final ReceiveBuffer in;

  Http1Input(Http1Connection connection) {
    this.connection = connection;
    this.reader = connection.reader;
    this.in = connection.in;
  }

  /** Reads a head, and starts its exchange; false if there is nothing more to do for now. */
  boolean readHead() {
    if (in.isEmpty() || connection.backpressure.isClogged()) {
      if (connection.inputEnded() && in.isEmpty()) {
        connection.linger();
      }
      return false;
    }
    try {
      RequestHead head = reader.head();
      if (head == null) {
        return connection.inputEnded()
            && connection.refuse(new ProtocolException(Reason.HEAD_TRUNCATED));
      }
      begin(head, MessageFraming.of(head));
      return true;
    } catch (ProtocolException e) {
      if (!in.isEmpty()) {
        connection.protocol.tlsOnPlainPort.check(in.array()[in.from()]);
      }
      return connection.refuse(e);
    }
  }

  private void begin(RequestHead head, MessageFraming framing) throws ProtocolException {
    connection.deadlines.headComplete();
    RequestTarget target = target(head);
    var exchange =
        new Exchange(
            connection.protocol.application,
            connection.channel,
            connection.owner,
            MessageFraming.bodyLength(framing));
    IncomingBody body = exchange.body();
    if (body != null) {
      reader.body(framing, body, head.expectsContinue); // without a body, no 100 Continue is due
    }
    connection.state(new Handling(exchange, head));
    exchange.start(
        Request.received(
            head.method,
            target,
            head.version,
            head,
            connection.wire.tls(),
            connection.wire.remoteAddress(),
            body == null ? RequestContent.EMPTY : body));
  }

  private static RequestTarget target(RequestHead head) throws ProtocolException {
    try {
      return RequestTarget.parse(head.method, head.target());
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(Reason.TARGET);
    }
  }

  /**
   * Moves bytes into the body of the current request.
   *
   * @return whether the body is complete
   */
  boolean feed() {
    if (!reader.isInBody() || !(connection.state() instanceof Busy busy)) {
      return false;
    }
    boolean complete;
    try {
      complete = reader.feed();
    } catch (ProtocolException e) {
      fail(e);
      return false;
    }
    if (complete) {
      busy.exchange().bodyEnded();
    } else {
      fed(busy.exchange());
    }
    return complete;
  }

  private void fed(Exchange exchange) {
    exchange.bodyOffered();
    IncomingBody body = exchange.body();
    boolean tooLong = body != null && body.exceeds(MAX_DISCARDED_BYTES);
    if (connection.state() instanceof Discarding waiting && tooLong) {
      connection.finish(waiting.answer(), false);
    } else if (connection.inputEnded() && reader.needsMore()) {
      failBody(Reason.BODY_TRUNCATED);
    }
  }

  /** Ends the body of the current request, if it is incomplete, with an error. */
  void failBody(Reason reason) {
    if (reader.isInBody()) {
      fail(new ProtocolException(reason));
    }
  }

  /** The body's end is unknown: reading it throws, and the error replaces the response. */
  private void fail(ProtocolException e) {
    reader.fail(e);
    if (connection.state() instanceof Discarding waiting) {
      connection.finish(waiting.answer(), false);
    } else if (connection.state() instanceof Busy busy) {
      busy.exchange().bodyFailed(e.reason().status(), e.reason().message());
    }
  }
}
