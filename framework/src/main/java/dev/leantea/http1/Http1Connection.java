package dev.leantea.http1;

import dev.leantea.exchange.Exchange;
import dev.leantea.exchange.UpgradedInput;
import dev.leantea.http.HttpVersion;
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
 * One HTTP/1.1 connection, without I/O: its states, deadlines and end. It coordinates the requests
 * ({@link Http1Input}), the exchanges that answer them ({@link Exchange}, through {@link
 * Http1Channel}) and the responses ({@link ResponseEmitter}).
 *
 * <pre>
 *           head complete            response ready, body unread
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
 *   <li>{@link #received} processes all bytes that it can: several pipelined requests, or none.
 *   <li>An exchange answers a request; until then the bytes after it are not parsed.
 *   <li>{@link #finish} sends the response. A short unread request body is discarded first, to find
 *       the next request.
 *   <li>After the last response the sending side is shut down, and input is discarded for a while:
 *       closing at once would reset the connection, and the client might not get the response (RFC
 *       9112 §9.6).
 *   <li>{@link #tick} checks the {@link Deadlines}.
 * </ol>
 */
final class Http1Connection implements WireListener {
  final Http1Protocol protocol;
  final Wire wire;
  final Owner owner;
  final RequestReader reader;
  final ReceiveBuffer in;
  final ResponseEmitter emitter;
  final Deadlines deadlines;
  final Backpressure backpressure;
  final Http1Channel channel;
  private final Http1Input input;

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
    this.channel = new Http1Channel(this);
    this.input = new Http1Input(this);
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
    return state instanceof Upgraded(_, UpgradedInput upgraded)
        ? upgraded.deadline()
        : deadlines.input();
  }

  @Override
  public void received(byte[] bytes, int from, int to) {
    switch (state) {
      case Upgraded(_, UpgradedInput upgraded) ->
          backpressure.receiving(upgraded.offer(bytes, from, to));
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
    if (state instanceof Upgraded(_, UpgradedInput upgraded)) {
      upgraded.end();
    } else {
      resume();
    }
  }

  /** Requests have a framing of their own; another protocol may have none. */
  @Override
  public void truncated() {
    if (state instanceof Upgraded) {
      close();
    } else {
      endOfInput();
    }
  }

  @Override
  public void broken() {
    closeNow("the client closed the connection");
  }

  @Override
  public void sent() {
    long unsent = wire.unsent();
    deadlines.took(unsent);
    switch (state) {
      case Busy busy -> busy.exchange().sent();
      case Lingering _ -> deadlines.linger();
      case Head _ when !in.isEmpty() || deadlines.isInputNever() ->
          resume(); // parsing, or the idle timeout, was paused until the client read its responses
      case Head _, Closed _ -> {}
    }
    closeIfDone();
  }

  @Override
  public void tick() {
    long now = owner.nanoTime();
    if (now >= deadlines.output()) {
      closeNow("the client stopped reading the response");
      wire.close();
    } else if (state instanceof Upgraded(_, UpgradedInput upgraded)) {
      if (now >= upgraded.deadline()) {
        upgraded.expire();
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
      case Handling _, Streaming _ -> input.failBody(Reason.BODY_TIMEOUT);
      case Discarding waiting -> finish(waiting.answer(), false);
      case Lingering _ -> close();
      case Upgraded _, Closed _ -> {}
    }
  }

  /**
   * A busy connection ends with its response, an idle one if nothing arrives for a moment;
   * lingering is cut short.
   */
  @Override
  public void drain() {
    if (state instanceof Upgraded(_, UpgradedInput upgraded)) {
      upgraded.drain();
    }
    if (isIdle()) {
      deadlines.drainIdle();
    } else if (state instanceof Lingering) {
      deadlines.drainLingering();
    }
  }

  /** Refuses a connection beyond the limit, before anything is read from it. */
  void refuseConnection() {
    refuse(503, "too many connections");
    resume();
  }

  // ---- the pump

  /** Processes all bytes that the state allows, then flushes and sets the deadlines. */
  void resume() {
    if (pumping) {
      input.feed(); // a handler on this thread waits for its body
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

  /** Makes one step; false if there is nothing more to do for now. */
  private boolean advance() {
    return switch (state) {
      case Head _ -> input.readHead();
      case Handling _, Streaming _ -> {
        input.feed();
        yield !(state instanceof Handling || state instanceof Streaming);
      }
      case Discarding waiting -> input.feed() && finish(waiting.answer(), true);
      case Upgraded _, Lingering _, Closed _ -> false;
    };
  }

  // ---- for its parts: Http1Input, Http1Channel

  ConnectionState state() {
    return state;
  }

  void state(ConnectionState next) {
    state = next;
  }

  boolean inputEnded() {
    return inputEnded;
  }

  /**
   * Sends the response to the current request, then waits for the next one or ends the connection.
   *
   * @param bodyRead whether the request was read to its end, so that the next one can be found
   */
  boolean finish(Response response, boolean bodyRead) {
    return switch (state) {
      case Handling(Exchange exchange, RequestHead head) ->
          finish(exchange, head, response, bodyRead);
      case Discarding(Exchange exchange, RequestHead head, _) ->
          finish(exchange, head, response, bodyRead);
      case Head _, Streaming _, Upgraded _, Lingering _, Closed _ ->
          throw new IllegalStateException("connection: expected a current request, was " + state);
    };
  }

  private boolean finish(Exchange exchange, RequestHead head, Response response, boolean bodyRead) {
    ProtocolException failure = reader.failure();
    if (failure != null && failure.reason().status() != response.status()) {
      Response refusal = refusal(failure.reason()); // the handler took no notice of it
      emitter.send(refusal, head, false);
      exchange.refused(refusal, failure.reason().message());
      return next(false);
    }
    boolean keep =
        failure == null
            && bodyRead
            && KeepAlive.allowed(head, owner.draining())
            && !KeepAlive.closes(response);
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

  /** Answers a malformed request with its error, and ends the connection; returns false. */
  boolean refuse(ProtocolException e) {
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

  void linger() {
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
      case Discarding _ -> deadlines.awaitBody(reader.bodyTotal());
      case Handling _, Streaming _ -> rearmBody();
      case Upgraded _, Lingering _, Closed _ -> {}
    }
  }

  private void rearmHead() {
    if (backpressure.isClogged()) {
      deadlines.inputNever(); // the output's deadline applies
    } else if (in.isEmpty()) {
      deadlines.awaitRequest();
    } else {
      deadlines.awaitHead();
    }
  }

  /** A deadline only if the client must send: not while it waits for 100 Continue or for room. */
  private void rearmBody() {
    if (reader.expectsBody()) {
      deadlines.awaitBody(reader.bodyTotal());
    } else {
      deadlines.inputNever();
    }
  }
}
