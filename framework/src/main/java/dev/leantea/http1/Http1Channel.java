package dev.leantea.http1;

import dev.leantea.exchange.Exchange;
import dev.leantea.exchange.ExchangeChannel;
import dev.leantea.exchange.IncomingBody;
import dev.leantea.exchange.UpgradedInput;
import dev.leantea.http.Response;
import dev.leantea.http1.ConnectionState.Busy;
import dev.leantea.http1.ConnectionState.Discarding;
import dev.leantea.http1.ConnectionState.Handling;
import dev.leantea.http1.ConnectionState.Streaming;
import dev.leantea.http1.ConnectionState.Upgraded;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The operations of an {@link Exchange} on its HTTP/1.1 connection. One for all exchanges of a
 * connection, which follow one another. Owner thread, unless {@link ExchangeChannel} states
 * otherwise.
 */
final class Http1Channel implements ExchangeChannel {
  private static final byte[] CONTINUE = Bytes.latin1("HTTP/1.1 100 Continue\r\n\r\n");

  private final Http1Connection connection;
  private final Wire wire;
  private final Owner owner;
  private final RequestReader reader;
  private final ResponseEmitter emitter;
  private final Deadlines deadlines;

  Http1Channel(Http1Connection connection) {
    this.connection = connection;
    this.wire = connection.wire;
    this.owner = connection.owner;
    this.reader = connection.reader;
    this.emitter = connection.emitter;
    this.deadlines = connection.deadlines;
  }

  private Handling handling() {
    if (connection.state() instanceof Handling handling) {
      return handling;
    }
    throw new IllegalStateException(
        "connection: expected a request without a response, was " + connection.state());
  }

  @Override
  public void respond(Response response) {
    Handling handling = handling();
    IncomingBody body = handling.exchange().body();
    if (body == null || body.isConsumed() || reader.failure() != null) {
      connection.finish(response, true);
    } else if (isNotWorthDiscarding(body)) {
      connection.finish(response, false);
    } else if (body.hasEnded()) {
      connection.finish(response, true);
    } else {
      body.discard();
      connection.state(new Discarding(handling.exchange(), handling.head(), response));
    }
    connection.resumeUnlessPumping();
  }

  private boolean isNotWorthDiscarding(IncomingBody body) {
    return body.exceeds(Http1Input.MAX_DISCARDED_BYTES)
        || reader.isHeldBack()
        || (connection.inputEnded() && !body.hasEnded() && reader.buffer().isEmpty());
  }

  @Override
  public void head(Response response, OptionalLong length) {
    Handling handling = handling();
    RequestHead head = handling.head();
    IncomingBody body = handling.exchange().body();
    boolean keep =
        ResponseEmitter.isDelimited(length, head.version)
            && (body == null || body.isConsumed())
            && KeepAlive.allowed(head, owner.draining())
            && !KeepAlive.closes(response);
    emitter.begin(response, length, head.version, keep);
    connection.state(new Streaming(handling.exchange(), keep));
  }

  @Override
  public void data(byte[] bytes) {
    emitter.data(bytes);
  }

  @Override
  public void file(FileSlice slice) {
    emitter.file(slice);
  }

  @Override
  public void end() {
    if (connection.state() instanceof Busy busy) {
      boolean keep = busy instanceof Streaming streaming && streaming.keep();
      emitter.end();
      busy.exchange().completed();
      connection.next(keep);
      connection.resumeUnlessPumping();
    }
  }

  @Override
  public void reset() {
    emitter.reset();
    connection.next(false);
    connection.resumeUnlessPumping();
  }

  @Override
  public void abort() {
    wire.abort();
  }

  @Override
  public void upgrade(Response response, UpgradedInput input) {
    Exchange exchange = handling().exchange();
    emitter.upgrade(response);
    flush();
    connection.state(new Upgraded(exchange, input));
    ReceiveBuffer in = reader.buffer();
    boolean room = in.isEmpty() || input.offer(in.array(), in.from(), in.to());
    in.clear();
    if (connection.inputEnded()) {
      input.end();
    }
    if (owner.draining()) {
      input.drain();
    }
    connection.backpressure.receiving(room);
  }

  @Override
  public void sendContinue() {
    if (reader.isHeldBack()) {
      reader.letCome();
      wire.send(CONTINUE, 0, CONTINUE.length);
      flush();
      connection.resume(); // the body may be here
    }
  }

  @Override
  public void demand() {
    if (connection.state() instanceof Upgraded) {
      connection.backpressure.receiving(true);
    } else {
      connection.resume();
    }
  }

  @Override
  public void flush() {
    wire.flush();
    deadlines.flushed(wire.unsent());
  }

  @Override
  public long unsent() {
    return wire.unsent();
  }

  @Override
  public boolean pulls() {
    return owner.readsItself();
  }

  @Override
  public void pull() throws IOException {
    reader.buffer().settle(); // the backend reuses its array
    wire.awaitInput();
  }
}
