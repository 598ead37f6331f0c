package dev.leantea.http1;

import dev.leantea.http.Execution;
import dev.leantea.http.RequestTarget;
import dev.leantea.http.Response;
import dev.leantea.http1.ProtocolException.Reason;
import dev.leantea.zerocopy.FileSlice;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection, without I/O: the state machine that all backends share.
 *
 * <pre>
 *           head complete                      answered
 *  ┌─ HEAD ───────────────┬──────────▶ HANDLING ──────────┬──────────────┐
 *  │   ▲                  │ nonBlocking with a body  ▲    │ body unread  │
 *  │   │                  └──────▶ COLLECTING ───────┘    └─▶ DRAINING ──┤
 *  │   └──────────────────────── keep-alive ─────────────────────────────┤
 *  │ bad bytes         another protocol, from HANDLING             close │
 *  │                                    UPGRADED ─────────────────┐      │
 *  └──────────────────────────────────▶ LINGERING ◀───────────────┴──────┘
 *                                          │ peer closed, or time is up
 *                                          ▼
 *                                        CLOSED ◀── abort, reset (from anywhere)
 * </pre>
 *
 * <ol>
 *   <li>{@link #receive} takes bytes and goes as far as they lead: many pipelined requests, or
 *       none.
 *   <li>A handler runs through {@link Exchange}; while it does, bytes behind its request wait.
 *   <li>{@link #respond} sends the answer; a request body that nobody read goes by first, if it is
 *       short, so that the next request can be found.
 *   <li>After a last answer the sending side is shut down and input is thrown away for a while:
 *       closing at once would reset the connection, and the client might never see the answer (RFC
 *       9112 §9.6).
 *   <li>{@link #tick} looks at the {@link Deadlines}, a few times a second.
 * </ol>
 *
 * <p>All methods are called by the connection's one owner thread.
 */
public final class Http1Connection {
  private enum State {
    HEAD,
    COLLECTING,
    HANDLING,
    DRAINING,
    UPGRADED,
    LINGERING,
    CLOSED
  }

  /** An unread body up to this size goes by; beyond it closing is cheaper. */
  private static final int MOST_DRAINED_OCTETS = 64 * 1024;

  /** Bytes that wait behind a request being handled; beyond it the client is held back. */
  private static final int MOST_AHEAD_OCTETS = 64 * 1024;

  /** Unsent octets of responses beyond which no further pipelined request is begun. */
  private static final int MOST_UNSENT_OCTETS = 256 * 1024;

  /** How long a connection must be idle to be closed by a drain. */
  public static final long DRAIN_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Http1Context context;
  private final Transport transport;
  private final ReceiveBuffer in = new ReceiveBuffer();
  private final RequestParser parser;
  private final ResponseSender sender;
  private final Deadlines deadlines;

  private State state = State.HEAD;
  private @Nullable Exchange exchange;
  private @Nullable BodyDecoder decoder;
  private @Nullable ProtocolException bodyFailure;
  private @Nullable Response answer;
  private @Nullable UpgradedInput upgraded;
  private boolean pumping;
  private boolean paused;
  private boolean inputEnded;

  public Http1Connection(Http1Context context, Transport transport) {
    this.context = context;
    this.transport = transport;
    this.parser = new RequestParser(context.limits);
    this.sender = new ResponseSender(context.writer, transport);
    this.deadlines = new Deadlines(context, transport);
  }

  /** Whether this is the end: the transport was closed. */
  public boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Whether it waits for a request of which nothing has come yet. */
  public boolean isIdle() {
    return state == State.HEAD && in.isEmpty();
  }

  /** When the input is next overdue, in the transport's time; {@code Long.MAX_VALUE} for never. */
  public long inputDeadline() {
    return upgraded == null ? deadlines.input() : upgraded.deadline();
  }

  /** Whether the connection left HTTP: then any thread may send at any time. */
  public boolean isUpgraded() {
    return upgraded != null;
  }

  // ---- events from the transport

  /** Bytes came. They are the caller's again when this returns. */
  public void receive(byte[] bytes, int from, int to) {
    if (state == State.CLOSED) {
      return;
    }
    if (state == State.LINGERING) {
      deadlines.heardWhileLingering();
      return;
    }
    if (upgraded != null) {
      receiving(upgraded.offer(bytes, from, to));
      return;
    }
    in.add(bytes, from, to);
    resume();
  }

  /** The peer sends no more; it may still read. */
  public void endOfInput() {
    inputEnded = true;
    if (upgraded == null) {
      resume();
    } else {
      upgraded.end();
    }
  }

  /**
   * Keeps what is left of the bytes of a {@link #receive} under way. A backend that reads while a
   * handler runs within it calls this before it uses its array again.
   */
  public void settle() {
    in.settle();
  }

  /** The connection broke. The transport has closed it. */
  public void peerGone() {
    closeNow("the client is gone");
  }

  /** The transport got rid of octets: the client reads. */
  public void sent() {
    long unsent = transport.unsent();
    deadlines.took(unsent);
    if (state == State.LINGERING) {
      deadlines.linger();
    }
    if (exchange != null) {
      exchange.backlog.taken(0, unsent);
    } else if (state == State.HEAD && (!in.isEmpty() || deadlines.isInputNever())) {
      resume(); // requests, or the time of an idle connection, waited for the client to read
    }
    closeIfDone(unsent);
  }

  /** Looks at the deadlines. */
  public void tick() {
    long now = transport.nanoTime();
    if (now >= deadlines.output()) {
      closeNow("the client takes no more of the response");
      transport.close();
    } else if (upgraded != null) {
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
      case HEAD -> {
        if (deadlines.headStarted()) {
          refuse(new ProtocolException(Reason.HEAD_TIMEOUT));
        } else {
          linger();
        }
      }
      case COLLECTING, HANDLING -> failBody(Reason.BODY_TIMEOUT);
      case DRAINING -> finish(requireAnswer(), false);
      case LINGERING -> close();
      case UPGRADED, CLOSED -> {}
    }
  }

  /**
   * The server closes down: a busy connection ends with its answer, an idle one when no request has
   * come for a moment, for one may be on its way. Another protocol's handler is told.
   */
  public void drain() {
    if (upgraded != null) {
      upgraded.drain();
    }
    if (isIdle()) {
      deadlines.drainIdle();
    }
  }

  /** Refuses a connection beyond the limit, before anything was read from it. */
  public void refuseConnection() {
    sendRefusal(Response.jsonError(503, "too many connections").header("Connection", "close"));
    resume();
  }

  // ---- the pump

  /** Goes as far as the bytes and the state allow; then sends, and sets the deadlines. */
  void resume() {
    if (upgraded != null) {
      receiving(true); // its reader has caught up
      return;
    }
    if (pumping) {
      feedBody(); // a handler on this very thread waits for its body
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
    throttle();
    rearm();
    closeIfDone(flush());
  }

  /** One step; false when there is nothing more to do for now. */
  private boolean advance() {
    return switch (state) {
      case HEAD -> readHead();
      case COLLECTING -> {
        boolean complete = feedBody();
        yield state == State.COLLECTING ? complete && dispatchCollected() : true;
      }
      case HANDLING -> {
        feedBody();
        yield state != State.HANDLING;
      }
      case DRAINING -> feedBody() && finish(requireAnswer(), true);
      case UPGRADED, LINGERING, CLOSED -> false;
    };
  }

  private boolean readHead() {
    if (in.isEmpty() || isClogged()) {
      if (inputEnded && in.isEmpty()) {
        linger();
      }
      return false;
    }
    try {
      RequestHead head = parser.parse(in, context.lineEnds);
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
    int memoryLimit = context.limits.bodyInMemory();
    var next = new Exchange(this, transport, head, target, framing, memoryLimit);
    exchange = next;
    decoder = BodyDecoder.of(framing, context);
    state = State.HANDLING;
    dispatch(next);
  }

  private static RequestTarget target(RequestHead head) throws ProtocolException {
    try {
      return RequestTarget.parse(head.method, head.target());
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(Reason.TARGET);
    }
  }

  private void dispatch(Exchange next) {
    Execution execution;
    try {
      execution = next.resolve(context.handler).execution();
    } catch (RuntimeException e) {
      respond(next, Invocation.failed(next.request, e));
      return;
    }
    switch (execution) {
      case BLOCKING -> {
        feedBody();
        rearm();
        transport.start(next);
      }
      case NON_BLOCKING -> {
        if (next.body == null) {
          next.runInline();
        } else {
          collect(next, next.body);
        }
      }
    }
  }

  /** A handler that must not wait is called when its body is whole. */
  private void collect(Exchange next, RequestBody body) {
    state = State.COLLECTING;
    if (!body.isTooLarge()) {
      body.collect();
      next.sendContinue();
    }
  }

  private boolean dispatchCollected() {
    Exchange collected = requireExchange();
    state = State.HANDLING;
    collected.runInline();
    return true;
  }

  /**
   * Moves bytes into the body of the request in hand.
   *
   * @return whether the body is complete
   */
  private boolean feedBody() {
    Exchange current = exchange;
    BodyDecoder bodyDecoder = decoder;
    if (current == null || current.body == null || bodyDecoder == null || bodyFailure != null) {
      return false;
    }
    RequestBody body = current.body;
    try {
      boolean complete = bodyDecoder.decode(in, body);
      if (state == State.COLLECTING && body.isTooLarge()) {
        respond(current, Invocation.failed(current.request, body.tooLarge()));
        return false;
      }
      if (state == State.DRAINING && !complete && body.exceeds(MOST_DRAINED_OCTETS)) {
        finish(requireAnswer(), false);
        return false;
      }
      if (complete) {
        decoder = null;
        body.end();
      } else if (inputEnded && (in.isEmpty() || bodyDecoder.needsMore())) {
        failBody(Reason.BODY_TRUNCATED);
      }
      return complete;
    } catch (ProtocolException e) {
      failBody(e);
      return false;
    }
  }

  private void failBody(Reason reason) {
    if (decoder != null && bodyFailure == null) {
      failBody(new ProtocolException(reason));
    }
  }

  /**
   * The rest of the body can not be found. Who waits for it is told; who does not, at the answer.
   */
  private void failBody(ProtocolException e) {
    bodyFailure = e;
    in.clear();
    Exchange current = requireExchange();
    if (current.body != null) {
      current.body.fail(e);
    }
    if (state == State.COLLECTING || state == State.DRAINING) {
      finish(Invocation.refused(e), false);
    }
  }

  // ---- answers

  /** Sends a response whose body is in memory. Ignored when the connection has moved on. */
  void respond(Exchange answered, Response response) {
    if (exchange != answered || state == State.CLOSED) {
      return;
    }
    RequestBody body = answered.body;
    if (bodyFailure != null) {
      finish(Invocation.refused(bodyFailure), false);
    } else if (body == null || body.isConsumed()) {
      finish(response, true);
    } else if (body.exceeds(MOST_DRAINED_OCTETS) || answered.heldBack() || inputEndedIn(body)) {
      finish(response, false);
    } else if (body.hasEnded()) {
      finish(response, true);
    } else {
      body.discard();
      answer = response;
      state = State.DRAINING;
    }
    if (!pumping) {
      resume();
    }
  }

  private boolean inputEndedIn(RequestBody body) {
    return inputEnded && in.isEmpty() && !body.hasEnded();
  }

  /** Sends the answer to the request in hand, and goes on to the next one or to the end. */
  private boolean finish(Response response, boolean bodyRead) {
    Exchange finished = requireExchange();
    boolean keep =
        bodyRead
            && KeepAlive.allowed(finished.head, transport.draining())
            && !KeepAlive.closes(response);
    sender.send(response, keep, finished.mayHaveBody(response), finished.lengthOf(response));
    return next(keep);
  }

  /** The head of a streamed response. */
  void beginStream(Exchange streaming, Response response, long length, boolean keep) {
    if (exchange != streaming || state == State.CLOSED) {
      streaming.fail(new PeerGoneException("the client is gone"));
      return;
    }
    sender.head(response, length, keep);
    transport.flush();
  }

  /** A piece of a streamed response. */
  void sendPiece(Exchange streaming, byte[] piece) {
    if (exchange != streaming || state == State.CLOSED) {
      streaming.fail(new PeerGoneException("the client is gone"));
      return;
    }
    transport.sendWhole(piece);
    streaming.backlog.taken(piece.length, flush());
  }

  /** A part of a file, within a streamed response. */
  void sendFile(Exchange streaming, FileSlice slice) {
    if (exchange != streaming || state == State.CLOSED) {
      slice.close();
      streaming.fail(new PeerGoneException("the client is gone"));
      return;
    }
    transport.sendFile(slice);
    streaming.backlog.taken(slice.count(), flush());
  }

  /** Starts to send; returns how much is unsent then. */
  private long flush() {
    transport.flush();
    long unsent = transport.unsent();
    deadlines.flushed(unsent);
    return unsent;
  }

  /** The last answer of HTTP; what follows it, both ways, is another protocol's. */
  void upgrade(Exchange switching, Response response, UpgradedInput input) {
    if (exchange != switching || state == State.CLOSED) {
      var gone = new PeerGoneException("the client is gone");
      switching.fail(gone);
      input.fail(gone);
      return;
    }
    sender.head(response, ResponseWriter.UNSAID, true);
    flush();
    state = State.UPGRADED;
    upgraded = input;
    boolean room = input.offer(in.array(), in.from(), in.to());
    in.clear();
    if (inputEnded) {
      input.end();
    }
    if (transport.draining()) {
      input.drain();
    }
    receiving(room);
  }

  /** A streamed response is complete. */
  void endStream(Exchange streaming, boolean keep) {
    if (exchange == streaming && state != State.CLOSED) {
      next(keep);
      if (!pumping) {
        resume();
      }
    }
  }

  /**
   * A streamed response broke off: what was written goes out, but not its end, so that the client
   * can tell.
   */
  void breakOff(Exchange streaming) {
    endStream(streaming, false);
  }

  /** Ends the connection at once, whatever is on its way. */
  void abort(Exchange streaming) {
    if (exchange == streaming && state != State.CLOSED) {
      close();
    }
  }

  /** Answers bytes that are no request. */
  private boolean refuse(ProtocolException e) {
    sendRefusal(Invocation.refused(e));
    return false;
  }

  private void sendRefusal(Response response) {
    sender.send(response, false, true, ResponseWriter.UNSAID);
    next(false);
  }

  private boolean next(boolean keep) {
    exchange = null;
    decoder = null;
    bodyFailure = null;
    answer = null;
    upgraded = null;
    if (keep) {
      state = State.HEAD;
    } else {
      linger();
    }
    return keep;
  }

  // ---- the end

  private void linger() {
    in.clear();
    state = State.LINGERING;
    transport.shutdownOutput();
    deadlines.linger();
  }

  private void closeIfDone(long unsent) {
    if (state == State.LINGERING && inputEnded && unsent == 0) {
      close();
    }
  }

  private void close() {
    closeNow("the connection was aborted");
    transport.close();
  }

  private void closeNow(String why) {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    in.clear();
    Exchange current = exchange;
    exchange = null;
    var gone = new PeerGoneException(why);
    if (current != null) {
      current.fail(gone);
    }
    if (upgraded != null) {
      upgraded.fail(gone);
    }
  }

  // ---- back-pressure and time

  private void throttle() {
    boolean waiting = state == State.HANDLING || (state == State.HEAD && isClogged());
    if (upgraded == null) {
      receiving(!waiting || in.size() < MOST_AHEAD_OCTETS);
    }
  }

  private void receiving(boolean on) {
    if (on == paused && state != State.CLOSED) {
      paused = !on;
      transport.receiving(on);
    }
  }

  /** A client that sends requests and reads no responses is not served any further for now. */
  private boolean isClogged() {
    return transport.unsent() > MOST_UNSENT_OCTETS;
  }

  void rearm() {
    switch (state) {
      case HEAD -> rearmHead();
      case COLLECTING, DRAINING -> deadlines.awaitBody();
      case HANDLING -> rearmBody();
      case UPGRADED, LINGERING, CLOSED -> {}
    }
  }

  private void rearmHead() {
    if (isClogged()) {
      deadlines.inputNever(); // the output's deadline counts
    } else if (in.isEmpty()) {
      deadlines.awaitRequest();
    } else {
      deadlines.awaitHead();
    }
  }

  /** Only what the client owes counts: not a body that it holds back, nor one that we hold back. */
  private void rearmBody() {
    RequestBody body = exchange == null ? null : exchange.body;
    boolean coming = decoder != null && bodyFailure == null;
    if (body != null && coming && !requireExchange().heldBack() && body.room() > 0) {
      deadlines.awaitBody();
    } else {
      deadlines.inputNever();
    }
  }

  private Exchange requireExchange() {
    return require(exchange, "a request in hand");
  }

  private Response requireAnswer() {
    return require(answer, "an answer that waits");
  }

  private <T> T require(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalStateException("connection: expected " + what + " in state " + state);
    }
    return value;
  }
}
