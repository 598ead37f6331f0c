package dev.leantea.http2;

import dev.leantea.exchange.Exchange;
import dev.leantea.exchange.ExchangeChannel;
import dev.leantea.exchange.IncomingBody;
import dev.leantea.exchange.UpgradedInput;
import dev.leantea.http.Body;
import dev.leantea.http.Response;
import dev.leantea.http.Status;
import dev.leantea.wire.FileSlice;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream, which carries one request and its response: the operations of its {@link Exchange}.
 * Its states are those of {@link StreamState}.
 *
 * <pre>
 *  Http2Input ── data, requestEnded, reset ──▶ Http2Stream ──▶ Exchange, StreamInput
 *  Sender ◀── what waits for a window (Outgoing) ── Http2Stream ◀── respond, head, data, end
 * </pre>
 *
 * <p>Owner thread, unless {@link ExchangeChannel} states otherwise.
 */
final class Http2Stream implements ExchangeChannel {
  /** How long the client may take to end another protocol that the handler has ended. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** The answer to extended CONNECT by a handler that knows nothing of it. */
  private static final Response NO_PROTOCOL =
      Response.jsonError(501, ":protocol: expected a resource that offers this protocol");

  final int id;
  private final Http2Connection connection;
  private final StreamInput input;
  private final StreamOutput output;
  private StreamState state;
  private Priority priority = Priority.UNKNOWN;
  private @Nullable Exchange exchange;
  private final boolean isHead;

  /** Whether the request asks for another protocol (RFC 8441): a 2xx would accept that. */
  private final boolean isConnect;

  private boolean heldBack;

  /** When the client last sent content, or the reader took some, in the owner's time. */
  private long heard;

  /** Whether it is in a queue of the {@link Sender}, which alone changes this. */
  boolean queued;

  Http2Stream(Http2Connection connection, int id, RequestFields fields, boolean endStream) {
    this.connection = connection;
    this.id = id;
    this.input = new StreamInput(id, fields.contentLength);
    this.output = new StreamOutput(connection, this);
    this.state = endStream ? StreamState.HALF_CLOSED_REMOTE : StreamState.OPEN;
    this.isHead = fields.method.equals("HEAD");
    this.isConnect = !fields.protocol.isEmpty();
    this.heldBack = fields.expectsContinue && !endStream;
    this.heard = connection.owner.nanoTime();
    if (!fields.priority.isEmpty()) {
      priority = Priority.parse(fields.priority);
    }
  }

  /** Connects the stream with the exchange that it carries. */
  void carry(Exchange carried) {
    exchange = carried;
    input.target(carried.body());
  }

  StreamState state() {
    return state;
  }

  Priority priority() {
    return priority;
  }

  /** RFC 9218 §7.1: the client changes its mind. */
  void priority(Priority changed) {
    boolean wasQueued = queued;
    connection.sender.remove(this);
    priority = changed;
    if (wasQueued) {
      connection.sender.add(this);
    }
  }

  // ---- from the client

  /**
   * The content of a DATA frame.
   *
   * @param length of its payload, with padding
   */
  void data(byte[] bytes, int from, int to, int length, boolean last) throws Http2Exception {
    if (!state.canReceive()) {
      throw new Http2Exception.OfStream(
          id, ErrorCode.STREAM_CLOSED, "DATA: expected none after END_STREAM"); // RFC 9113 §5.1
    }
    input.data(bytes, from, to, length, last);
    if (to > from) { // an empty frame, or one of padding alone, is no progress
      heard = connection.owner.nanoTime();
    }
    if (last) {
      requestEnded();
    } else {
      if (exchange != null && exchange.body() != null) {
        exchange.bodyOffered();
      }
      extendWindow();
    }
  }

  /** The request ended with trailers, which are dropped. */
  void trailers() throws Http2Exception {
    input.end();
    requestEnded();
  }

  private void requestEnded() {
    state = state.requestEnded();
    heldBack = false;
    UpgradedInput other = input.upgraded();
    if (other != null) {
      other.end();
    } else if (exchange != null && exchange.body() != null) {
      exchange.bodyEnded();
    }
    if (state == StreamState.CLOSED) {
      connection.closed(this);
    }
  }

  /** The request cannot be completed: reading its body throws. */
  private void bodyFailed(int status, String message) {
    if (exchange != null && exchange.body() != null) {
      exchange.bodyFailed(status, message);
    }
  }

  /** The client sends no more on this connection. */
  void endOfInput() {
    if (input.upgraded() != null) {
      input.upgraded().end();
    } else if (state.canReceive()) {
      bodyFailed(400, "the connection ended within the body");
    }
  }

  private void extendWindow() {
    if (state.canReceive() && !connection.isEnding()) {
      int bytes = input.extension();
      if (bytes > 0) {
        connection.frames.windowUpdate(id, bytes);
      }
    }
  }

  // ---- to the client

  /** The half that sends. */
  StreamOutput output() {
    return output;
  }

  /** Bytes of the body were sent. */
  void sent() {
    if (exchange != null) {
      exchange.sent();
    }
  }

  // ---- ExchangeChannel

  @Override
  public void respond(Response response) {
    Response sent = isAccepted(response) ? NO_PROTOCOL : response;
    switch (sent.body()) {
      case Body.Bytes(byte[] content) -> respond(sent, content);
      case Body.File file -> respondWithout(sent, file.length());
      case Body.Stream stream ->
          respondWithout(sent, stream.length().orElse(ResponseHeads.NO_LENGTH));
      case Body.Upgrade _ ->
          throw new IllegalStateException("response: expected a body that ends, got an upgrade");
    }
    connection.endTurn();
  }

  /** RFC 8441 §5: a client takes any 2xx for the acceptance of its protocol. */
  private boolean isAccepted(Response response) {
    return isConnect && response.status() / 100 == 2;
  }

  private void respondWithout(Response response, long length) {
    connection.heads.send(id, response, length, true);
    connection.guard.answered();
    responseEnded();
  }

  private void respond(Response response, byte[] content) {
    if (isHead || content.length == 0 || Status.isBodiless(response.status())) {
      respondWithout(response, content.length);
    } else if (connection.sender.take(this, content.length)) {
      connection.guard.sentData(content.length, false);
      connection.heads.sendWith(id, response, content);
      responseEnded();
    } else {
      connection.heads.send(id, response, content.length, false);
      output.add(content);
      output.end(Outgoing.Ending.END_STREAM);
    }
  }

  /** The response is on the wire to its end. */
  void responseEnded() {
    state = state.responseEnded();
    if (exchange != null) {
      exchange.completed();
    }
    heard = connection.owner.nanoTime();
    if (state == StreamState.CLOSED) {
      connection.closed(this);
    } else if (!input.isUpgraded()) {
      // RFC 9113 §8.1: the response does not depend on the rest of the request.
      connection.reset(this, ErrorCode.NO_ERROR, "the request was answered early");
    }
  }

  @Override
  public void head(Response response, OptionalLong length) {
    if (isAccepted(response)) {
      respond(NO_PROTOCOL); // the exchange ends with it
      return;
    }
    connection.heads.send(id, response, length.orElse(ResponseHeads.NO_LENGTH), false);
  }

  @Override
  public void data(byte[] bytes) {
    output.add(bytes);
  }

  @Override
  public void file(FileSlice slice) {
    output.add(slice);
  }

  @Override
  public void end() {
    output.end(Outgoing.Ending.END_STREAM);
    connection.endTurn();
  }

  @Override
  public void reset() {
    output.end(Outgoing.Ending.RESET);
    connection.endTurn();
  }

  @Override
  public void abort() {
    connection.owner.execute(
        () -> {
          if (state != StreamState.CLOSED) {
            ErrorCode code = input.isUpgraded() ? ErrorCode.CANCEL : ErrorCode.INTERNAL_ERROR;
            connection.reset(this, code, "the exchange was aborted");
            connection.endTurn();
          }
        });
  }

  @Override
  public void upgrade(Response response, UpgradedInput other) {
    connection.heads.send(id, response, ResponseHeads.NO_LENGTH, false);
    input.upgrade(other);
    if (!state.canReceive()) {
      other.end();
    }
    if (connection.owner.draining()) {
      other.drain();
    }
    extendWindow();
    connection.endTurn();
  }

  @Override
  public void sendContinue() {
    if (heldBack) {
      heldBack = false;
      heard = connection.owner.nanoTime();
      connection.heads.sendContinue(id);
      connection.endTurn();
    }
  }

  @Override
  public void demand() {
    if (state != StreamState.CLOSED) {
      heard = connection.owner.nanoTime(); // the client may have had to wait for this
      extendWindow();
      connection.endTurn();
    }
  }

  @Override
  public void flush() {
    connection.endTurn();
  }

  @Override
  public long unsent() {
    return output.size() * connection.sender.weight(this);
  }

  @Override
  public boolean pulls() {
    return false; // the connection's thread reads for all streams
  }

  @Override
  public void pull() {
    throw new IllegalStateException("stream " + id + ": expected its reader to wait");
  }

  // ---- the end, and time

  /** The stream was reset, or its connection has ended: whatever its handler waits for throws. */
  void fail(String reason) {
    state = StreamState.CLOSED;
    connection.sender.remove(this);
    output.discard();
    if (exchange != null) {
      exchange.failed(reason);
    }
  }

  /** The server drains: another protocol's handler is notified. */
  void drain() {
    UpgradedInput other = input.upgraded();
    if (other != null) {
      other.drain();
    }
  }

  /**
   * Checks the deadlines of this stream.
   *
   * @param received when the connection last received bytes
   */
  void tick(long now, long received) {
    long stall = connection.protocol.stallNanos;
    UpgradedInput other = input.upgraded();
    if (state == StreamState.HALF_CLOSED_LOCAL && now - heard >= LINGER_NANOS) {
      connection.reset(this, ErrorCode.NO_ERROR, "the other protocol has ended");
    } else if (output.isStalled(now, stall)) {
      connection.reset(this, ErrorCode.CANCEL, "the client stopped reading the response");
    } else if (other != null) {
      if (now >= other.deadline()) {
        other.expire();
      }
    } else if (isBodyOverdue(now, received, stall)) {
      heard = now;
      bodyFailed(408, "the body did not arrive in time");
    }
  }

  private boolean isBodyOverdue(long now, long received, long stall) {
    IncomingBody body = exchange == null ? null : exchange.body();
    boolean expected = body != null && state.canReceive() && !heldBack && input.isOpen();
    return expected && now - heard >= stall && !connection.isWithinContent(received, now, stall);
  }
}
