package dev.leantea.http1;

import dev.leantea.exchange.Exchange;
import dev.leantea.exchange.IncomingBody;
import dev.leantea.exchange.UpgradedInput;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Request;
import dev.leantea.http.RequestContent;
import dev.leantea.http.RequestTarget;
import dev.leantea.http.Response;
import dev.leantea.http1.ConnectionState.Busy;
import dev.leantea.http1.ConnectionState.Closed;
import dev.leantea.http1.ConnectionState.Discarding;
import dev.leantea.http1.ConnectionState.Handling;
import dev.leantea.http1.ConnectionState.Head;
import dev.leantea.http1.ConnectionState.Lingering;
import dev.leantea.http1.ConnectionState.Streaming;
import dev.leantea.http1.ConnectionState.Upgraded;
import dev.leantea.http1.ProtocolException.Reason;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;

/**
 * One HTTP/1.1 connection, without I/O: coordinates what is read ({@link RequestReader}), who
 * answers ({@link Exchange}, through {@link Http1Channel}) and what is written ({@link
 * ResponseEmitter}).
 *
 * <pre>
 *           head complete            answer in memory, body unread
 *  ┌─ Head ───────────────▶ Handling ────────────────▶ Discarding ──┐
 *  │   ▲                     │   │ head of a stream                 │
 *  │   │                     │   └──────────────────▶ Streaming ────┤
 *  │   └──────────────── keep-alive ────────────────────────────────┤
 *  │ bad bytes               │ another protocol               close │
 *  │                         └─▶ Upgraded ──────────────────┐       │
 *  └─────────────────────────▶ Lingering ◀──────────────────┴───────┘
 *                                 │ peer closed, or time is up
 *                                 ▼
 *                              Closed ◀── abort, reset (from anywhere)
 * </pre>
 *
 * <ol>
 *   <li>{@link #received} takes bytes and goes as far as they lead: many pipelined requests, or
 *       none.
 *   <li>An exchange answers; until then bytes behind its request wait.
 *   <li>{@link #finish} sends the answer; a request body that nobody read is discarded first, if it
 *       is short, so that the next request can be found.
 *   <li>After a last answer the sending side is shut down and input is discarded for a while:
 *       closing at once would reset the connection, and the client might never see the answer (RFC
 *       9112 §9.6).
 *   <li>{@link #tick} looks at the {@link Deadlines}.
 * </ol>
 */
final class Http1Connection implements WireListener {
  /** Maximum unread body that is discarded to keep the connection; beyond it closing is cheaper. */
  static final int MAX_DISCARDED_BYTES = 64 * 1024;

  private final Http1Protocol protocol;
  private final Wire wire;
  private final Owner owner;
  private final RequestReader reader;
  private final ResponseEmitter emitter;
  private final Deadlines deadlines;
  private final ReceiveBuffer in;
  private final Backpressure backpressure;
  private final Http1Channel channel;

  private ConnectionState state = ConnectionState.HEAD;
  private boolean pumping;
  private boolean inputEnded;

  Http1Connection(Http1Protocol protocol, Wire wire, Owner owner) {
    this.protocol = protocol;
    this.wire = wire;
    this.owner = owner;
    this.reader = new RequestReader(protocol);
    this.in = reader.buffer();
    this.emitter = new ResponseEmitter(protocol.headWriter, wire);
    this.deadlines = new Deadlines(protocol, wire, owner);
    this.backpressure = new Backpressure(wire, in);
    this.channel = new Http1Channel(this, wire, owner, reader, emitter, deadlines);
  }

  // ---- WireListener

  @Override
  public boolean isIdle() {
    return state instanceof Head && in.isEmpty();
  }

  @Override
  public boolean isDrainable() {
    return isIdle() || state instanceof Upgraded || state instanceof Lingering;
  }

  @Override
  public long deadline() {
    return state instanceof Upgraded(_, UpgradedInput input) ? input.deadline() : deadlines.input();
  }

  @Override
  public void received(byte[] bytes, int from, int to) {
    switch (state) {
      case Upgraded(_, UpgradedInput input) -> backpressure.receiving(input.offer(bytes, from, to));
      case Lingering _ -> deadlines.heardWhileLingering();
      case Closed _ -> {}
      case Head _, Handling _, Discarding _, Streaming _ -> {
        in.add(bytes, from, to);
        resume();
      }
    }
  }

  @Override
  public void endOfInput() {
    inputEnded = true;
    if (state instanceof Upgraded(_, UpgradedInput input)) {
      input.end();
    } else {
      resume();
    }
  }

  @Override
  public void broken() {
    closeNow("the client is gone");
  }

  @Override
  public void sent() {
    long unsent = wire.unsent();
    deadlines.took(unsent);
    switch (state) {
      case Busy busy -> busy.exchange().sent();
      case Lingering _ -> deadlines.linger();
      case Head _ when !in.isEmpty() || deadlines.isInputNever() ->
          resume(); // requests, or the time of an idle connection, waited for the client to read
      case Head _, Closed _ -> {}
    }
    closeIfDone();
  }

  @Override
  public void tick() {
    long now = owner.nanoTime();
    if (now >= deadlines.output()) {
      closeNow("the client takes no more of the response");
      wire.close();
    } else if (state instanceof Upgraded(_, UpgradedInput input)) {
      if (now >= input.deadline()) {
        input.expire();
      }
    } else if (now >= deadlines.input()) {
      deadlines.inputNever();
      overdue();
      resume();
    }
  }

  private void overdue() {
    switch (state) {
      case Head _ when deadlines.headStarted() ->
          refuse(new ProtocolException(Reason.HEAD_TIMEOUT));
      case Head _ when owner.draining() && wire.unsent() == 0 -> close();
      case Head _ -> linger();
      case Handling _, Streaming _ -> failBody(Reason.BODY_TIMEOUT);
      case Discarding waiting -> finish(waiting.answer(), false);
      case Lingering _ -> close();
      case Upgraded _, Closed _ -> {}
    }
  }

  /**
   * A busy connection ends with its answer, an idle one when nothing has come for a moment, and one
   * that lingers is not waited for much longer.
   */
  @Override
  public void drain() {
    if (state instanceof Upgraded(_, UpgradedInput input)) {
      input.drain();
    }
    if (isIdle()) {
      deadlines.drainIdle();
    } else if (state instanceof Lingering) {
      deadlines.drainLingering();
    }
  }

  /** Refuses a connection beyond the limit, before anything was read from it. */
  void refuseConnection() {
    refuse(503, "too many connections");
    resume();
  }

  // ---- the pump

  /** Goes as far as the bytes and the state allow; then sends, and sets the deadlines. */
  void resume() {
    if (pumping) {
      feed(); // a handler on this very thread waits for its body
      in.settle();
      rearm();
      return;
    }
    pumping = true;
    try {
      boolean more = true;
      while (more) {
        more = advance();
      }
    } finally {
      pumping = false;
    }
    in.settle();
    backpressure.throttle(state);
    rearm();
    channel.flush();
    closeIfDone();
  }

  void resumeUnlessPumping() {
    if (!pumping) {
      resume();
    }
  }

  /** One step; false when there is nothing more to do for now. */
  private boolean advance() {
    return switch (state) {
      case Head _ -> readHead();
      case Handling _, Streaming _ -> {
        feed();
        yield !(state instanceof Handling || state instanceof Streaming);
      }
      case Discarding waiting -> feed() && finish(waiting.answer(), true);
      case Upgraded _, Lingering _, Closed _ -> false;
    };
  }

  private boolean readHead() {
    if (in.isEmpty() || backpressure.isClogged()) {
      if (inputEnded && in.isEmpty()) {
        linger();
      }
      return false;
    }
    try {
      RequestHead head = reader.head();
      if (head == null) {
        return inputEnded && refuse(new ProtocolException(Reason.HEAD_TRUNCATED));
      }
      begin(head, MessageFraming.of(head));
      return true;
    } catch (ProtocolException e) {
      return refuse(e);
    }
  }

  private void begin(RequestHead head, MessageFraming framing) throws ProtocolException {
    deadlines.headComplete();
    RequestTarget target = target(head);
    var exchange =
        new Exchange(protocol.application, channel, owner, MessageFraming.bodyLength(framing));
    IncomingBody body = exchange.body();
    if (body != null) {
      reader.body(framing, body, head.expectsContinue); // else the client waits for nothing
    }
    state = new Handling(exchange, head);
    exchange.start(
        Request.received(
            head.method,
            target,
            head.version,
            head,
            "http",
            wire.remoteAddress(),
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
   * Moves bytes into the body of the request in hand.
   *
   * @return whether the body is complete
   */
  private boolean feed() {
    if (!reader.isInBody() || !(state instanceof Busy busy)) {
      return false;
    }
    boolean complete;
    try {
      complete = reader.feed();
    } catch (ProtocolException e) {
      failBody(e);
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
    if (state instanceof Discarding waiting && tooLong) {
      finish(waiting.answer(), false);
    } else if (inputEnded && reader.needsMore()) {
      failBody(Reason.BODY_TRUNCATED);
    }
  }

  private void failBody(Reason reason) {
    if (reader.isInBody()) {
      failBody(new ProtocolException(reason));
    }
  }

  /**
   * The rest of the body cannot be found: the handler's read throws, and its answer is replaced.
   */
  private void failBody(ProtocolException e) {
    reader.fail(e);
    if (state instanceof Discarding waiting) {
      finish(waiting.answer(), false);
    } else if (state instanceof Busy busy) {
      busy.exchange().bodyFailed(e.reason().status(), e.reason().message());
    }
  }

  // ---- for the channel

  ConnectionState state() {
    return state;
  }

  void state(ConnectionState next) {
    state = next;
  }

  boolean inputEnded() {
    return inputEnded;
  }

  Backpressure backpressure() {
    return backpressure;
  }

  /**
   * Sends the answer to the request in hand, and goes on to the next one or to the end.
   *
   * @param bodyRead whether the next request can be found
   */
  boolean finish(Response response, boolean bodyRead) {
    return switch (state) {
      case Handling(Exchange exchange, RequestHead head) ->
          finish(exchange, head, response, bodyRead);
      case Discarding(Exchange exchange, RequestHead head, _) ->
          finish(exchange, head, response, bodyRead);
      case Head _, Streaming _, Upgraded _, Lingering _, Closed _ ->
          throw new IllegalStateException("connection: expected a request in hand, was " + state);
    };
  }

  private boolean finish(Exchange exchange, RequestHead head, Response response, boolean bodyRead) {
    ProtocolException failure = reader.failure();
    if (failure != null) {
      emitter.send(refusal(failure.reason()), head, false);
      exchange.refused(failure.reason().status(), failure.reason().message());
      return next(false);
    }
    boolean keep =
        bodyRead && KeepAlive.allowed(head, owner.draining()) && !KeepAlive.closes(response);
    emitter.send(response, head, keep);
    exchange.completed();
    return next(keep);
  }

  boolean next(boolean keep) {
    if (keep) {
      state = ConnectionState.HEAD;
    } else {
      linger();
    }
    return keep;
  }

  // ---- refusals, and the end

  /** Answers bytes that are no request; false. */
  private boolean refuse(ProtocolException e) {
    refuse(e.reason().status(), e.reason().message());
    return false;
  }

  private void refuse(int status, String message) {
    emitter.send(refusal(status, message), HttpVersion.HTTP_1_1, false, true);
    protocol.application.refused(status, message);
    next(false);
  }

  private static Response refusal(Reason reason) {
    return refusal(reason.status(), reason.message());
  }

  private static Response refusal(int status, String message) {
    return Response.jsonError(status, message).header("Connection", "close");
  }

  private void linger() {
    in.clear();
    state = ConnectionState.LINGERING;
    wire.shutdownOutput();
    deadlines.linger();
  }

  private void closeIfDone() {
    if (state instanceof Lingering && inputEnded && wire.unsent() == 0) {
      close();
    }
  }

  private void close() {
    closeNow("the connection was aborted");
    wire.close();
  }

  private void closeNow(String why) {
    ConnectionState before = state;
    state = ConnectionState.CLOSED;
    in.clear();
    if (before instanceof Busy busy) {
      busy.exchange().failed(why);
    }
  }

  // ---- time

  void rearm() {
    switch (state) {
      case Head _ -> rearmHead();
      case Discarding _ -> deadlines.awaitBody();
      case Handling _, Streaming _ -> rearmBody();
      case Upgraded _, Lingering _, Closed _ -> {}
    }
  }

  private void rearmHead() {
    if (backpressure.isClogged()) {
      deadlines.inputNever(); // the output's deadline counts
    } else if (in.isEmpty()) {
      deadlines.awaitRequest();
    } else {
      deadlines.awaitHead();
    }
  }

  /** Only what the client owes counts: not a body that it holds back, nor one that we hold back. */
  private void rearmBody() {
    if (reader.expectsBody()) {
      deadlines.awaitBody();
    } else {
      deadlines.inputNever();
    }
  }
}
