package dev.leantea.exchange;

import dev.leantea.exchange.Failure.BadBody;
import dev.leantea.exchange.Failure.PeerGone;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.loop.LoopTask;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Owner;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, whatever the protocol.
 *
 * <pre>
 *  start ─┬─ nonBlocking with a body ─▶ COLLECTING ─ body complete ─┐
 *         └────────────────────────────────────────────────────────▶ HANDLING
 *  HANDLING ─┬─ answer in memory ──────────────────▶ RESPONDING ─┐
 *            ├─ streamed answer, a file ───────────▶ STREAMING ──┼─ completed ─▶ ENDED
 *            └─ another protocol ──────────────────▶ UPGRADED ───┘
 *  from any of them: failed (the peer is gone), refused ────────────────────────▶ ENDED
 * </pre>
 *
 * <p>The protocol makes it when a request's head is complete, and {@link #start}s it; {@link #run}
 * calls the handler; the answer goes to the {@link ExchangeChannel} on the owner thread; the
 * protocol says what became of it: {@link #completed}, {@link #refused}, {@link #failed}.
 *
 * <p>State is touched on the owner thread alone.
 */
public final class Exchange implements LoopTask {
  /** The length of a body that there is not. */
  public static final long NO_BODY = -2;

  /** The length of a body that is not known before its end. */
  public static final long UNKNOWN_LENGTH = -1;

  private enum State {
    COLLECTING,
    HANDLING,
    RESPONDING,
    STREAMING,
    UPGRADED,
    ENDED
  }

  private static final Handler NOT_RESOLVED = _ -> Response.jsonError(404, "not found");

  private final Application application;
  private final ExchangeChannel channel;
  private final Owner owner;
  private final @Nullable IncomingBody body;
  private Request request;
  private Handler handler = NOT_RESOLVED;
  private State state = State.HANDLING;
  private @Nullable SendWindow window;
  private @Nullable UpgradedInput input;
  private @Nullable Failure failure;
  private @Nullable Observation observation;

  /**
   * @param bodyLength of the request in bytes, {@link #UNKNOWN_LENGTH} or {@link #NO_BODY}
   */
  @SuppressWarnings("NullAway.Init") // start names the request, before anything else
  public Exchange(Application application, ExchangeChannel channel, Owner owner, long bodyLength) {
    this.application = application;
    this.channel = channel;
    this.owner = owner;
    this.body = bodyLength == NO_BODY ? null : new IncomingBody(source(), bodyLength, application);
  }

  /** The request's body; null when it has none. */
  public @Nullable IncomingBody body() {
    return body;
  }

  // ---- the protocol's side; owner thread

  /** Finds the handler and calls it, or has its body collected first. */
  public void start(Request arrived) {
    request = application.started(arrived);
    observation = application.isObserved() ? new Observation() : null;
    Execution execution;
    try {
      handler = application.handler().resolve(request);
      execution = handler.execution();
    } catch (Throwable e) {
      respond(Invocation.failed(request, e));
      return;
    }
    if (execution == Execution.NON_BLOCKING) {
      startNonBlocking();
    } else {
      startBlocking();
    }
  }

  private void startBlocking() {
    if (body != null) {
      channel.demand(); // what has come of the body is there when the handler looks
    }
    if (channel.pulls()) {
      channel.flush(); // the thread may wait, and earlier responses must not wait for that
    }
    startHandler();
  }

  /** On the loop, or beside it when the handler's route holds loops. */
  private void startHandler() {
    Execution execution = handler.execution();
    if (execution == Execution.COMPUTING
        || application.placements().isBeside(request.method(), handler.route(), owner)) {
      owner.startBeside(this);
    } else if (execution == Execution.NON_BLOCKING) {
      owner.startNonBlocking(this);
    } else {
      owner.start(this);
    }
  }

  @Override
  public void heldLoop() {
    application.heldLoop(request.method(), handler.route());
  }

  private void startNonBlocking() {
    if (body == null) {
      startHandler();
    } else if (body.collect()) {
      state = State.COLLECTING;
      channel.sendContinue();
    } else {
      startHandler(); // its filters see the refusal, which it throws
    }
  }

  /** More of the body was offered. */
  public void bodyOffered() {
    if (state == State.COLLECTING && requireBody().isRefused()) {
      state = State.HANDLING;
      startHandler();
    }
  }

  /** The body was offered to its end. */
  public void bodyEnded() {
    requireBody().end();
    if (state == State.COLLECTING) {
      state = State.HANDLING;
      startHandler();
    }
  }

  /** The rest of the body cannot be read, and the client is to blame. */
  public void bodyFailed(int status, String message) {
    requireBody().refuse(new BadBody(status, message));
    if (state == State.COLLECTING) {
      state = State.HANDLING;
      startHandler(); // its filters see the failure, which it throws
    }
  }

  private IncomingBody requireBody() {
    return Objects.requireNonNull(body, "exchange: expected a request with a body");
  }

  /** The peer took bytes. */
  public void sent() {
    if (window != null) {
      window.taken(0, channel.unsent());
    }
  }

  /** The response was handed over whole. */
  public void completed() {
    BadBody cause = body == null ? null : body.badBody();
    if (cause != null && observation != null && observation.isAnsweredWith(cause.status())) {
      end(Outcome.REFUSED, cause.message());
    } else {
      end(Outcome.COMPLETED, "");
    }
  }

  /** The framework has sent this response in place of the handler's. */
  public void refused(Response sent, String reason) {
    if (observation != null) {
      observation.replaced(request, sent);
    }
    end(Outcome.REFUSED, reason);
  }

  /** The peer is gone, or was disconnected: whatever the handler waits for throws. */
  public void failed(String reason) {
    Failure gone = PeerGone.of(reason); // whatever waits must get it
    failure = gone;
    if (body != null) {
      body.fail(gone);
    }
    if (window != null) {
      window.fail(gone);
    }
    if (input != null) {
      input.fail(gone);
    }
    end(Outcome.DISCONNECTED, reason);
  }

  private void end(Outcome outcome, String reason) {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    if (body != null) {
      body.release();
    }
    if (observation != null) {
      application.notify(observation.completed(request, handler.route(), outcome, reason));
    }
  }

  // ---- the handler's side

  @Override
  public void run() {
    try {
      if (owner.isCurrent()) {
        HandlerCall.onSharedThread(this, handler, owner);
        if (owner.takeHeld()) {
          heldLoop();
        }
      } else {
        new Delivery(this, HandlerCall.answer(this, handler)).run();
      }
    } catch (RuntimeException | Error e) { // there is no memory for an answer, or there is a bug
      OwnerTask.abort(this);
      throw e;
    }
  }

  /** Sends a response that is in memory. Any thread. */
  void handOver(Response response) {
    if (owner.isCurrent()) {
      respond(response);
    } else {
      onOwner(() -> respond(response));
    }
  }

  /** Runs a step on the owner thread; one that fails breaks the exchange off. Any thread. */
  void onOwner(Runnable step) {
    owner.execute(new OwnerTask(this, step));
  }

  private void respond(Response response) {
    if (state != State.ENDED) {
      state = State.RESPONDING;
      observe(response);
      channel.respond(response);
    }
  }

  private void observe(Response response) {
    if (observation != null) {
      observation.answered(request, response);
    }
  }

  // ---- streamed responses and other protocols: what their threads hand over

  /** The head of a streamed response. Owner thread. */
  void begin(Response response, OptionalLong length, SendWindow sending) {
    if (isOpen(sending)) {
      state = State.STREAMING;
      window = sending;
      observe(response);
      channel.head(response, length);
    }
  }

  private boolean isOpen(SendWindow sending) {
    if (state == State.ENDED) {
      sending.fail(failure == null ? new PeerGone("the exchange has ended") : failure);
      return false;
    }
    return true;
  }

  /** A piece of the body, or of the other protocol. Owner thread. */
  void data(byte[] bytes, SendWindow sending) {
    if (isOpen(sending)) {
      if (bytes.length > 0) {
        channel.data(bytes);
      }
      sent(bytes.length, sending);
    }
  }

  /** A part of a file. Owner thread. */
  void file(FileSlice slice, SendWindow sending) {
    if (isOpen(sending)) {
      channel.file(slice);
      sent(slice.count(), sending);
    } else {
      slice.close();
    }
  }

  private void sent(int bytes, SendWindow sending) {
    channel.flush();
    sending.taken(bytes, channel.unsent());
    if (observation != null) {
      observation.bytes(bytes);
    }
  }

  /** The end of the body, after its last piece, or of the other protocol. Owner thread. */
  void endWith(byte[] last) {
    if (state != State.ENDED) {
      if (last.length > 0) {
        channel.data(last);
      }
      if (observation != null) {
        observation.bytes(last.length);
      }
      channel.end();
    }
  }

  /** The body breaks off; the client sees an aborted connection. Owner thread. */
  void reset(Throwable cause) {
    if (state != State.ENDED) {
      end(Outcome.ABORTED, String.valueOf(cause.getMessage()));
      channel.reset();
    }
  }

  /** The connection leaves HTTP. Owner thread. */
  void beginUpgrade(Response response, SendWindow sending, UpgradedInput incoming) {
    if (isOpen(sending)) {
      state = State.UPGRADED;
      window = sending;
      input = incoming;
      observe(response);
      channel.upgrade(response, incoming);
    } else if (failure != null) {
      incoming.fail(failure);
    }
  }

  Application application() {
    return application;
  }

  Request request() {
    return request;
  }

  /** The reader's side of the connection. */
  ChannelSource source() {
    return new ChannelSource(this, channel);
  }

  Owner owner() {
    return owner;
  }

  /** Breaks the exchange off at once. Any thread. */
  void abort() {
    channel.abort();
  }

  /** The handler reads for the first time. Owner thread. */
  void sendContinue() {
    if (state != State.ENDED) {
      channel.sendContinue();
    }
  }

  /** The reader of a body, or of the upgraded input, has room again. Owner thread. */
  void demand() {
    if (state != State.ENDED) {
      channel.demand();
    }
  }
}
