package dev.leantea.http1;

import dev.leantea.http.Body;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http.RequestTarget;
import dev.leantea.http.Response;
import dev.leantea.http.Status;
import dev.leantea.zerocopy.FileSlice;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response.
 *
 * <ol>
 *   <li>The connection makes it when a head is complete, and gives it the handler that resolved.
 *   <li>{@link #run} calls the handler: on a virtual thread, on the loop, or on the connection's
 *       thread.
 *   <li>A body in memory goes to {@link Http1Connection#respond}; a streamed one is written from
 *       here, piece by piece, and another protocol is spoken from here, on a thread that may block.
 * </ol>
 */
final class Exchange implements Runnable, RequestBody.Source {
  private static final byte[] CONTINUE = Octets.latin1("HTTP/1.1 100 Continue\r\n\r\n");

  final RequestHead head;
  final Http1Request request;
  final @Nullable RequestBody body;
  final Backlog backlog = new Backlog();
  private final Http1Connection connection;
  private final Transport transport;
  private Handler handler = request -> Response.jsonError(404, "not found");

  /**
   * What a streamed body and another protocol's handler ask of the owner, in the order in which
   * they asked: a handler that the loop carries hands over by a shorter way than other threads, and
   * would overtake what one of them has handed over and the loop has not yet looked at.
   */
  private @Nullable Queue<Runnable> inOrder;

  /** Whether 100 Continue was sent. Owner thread. */
  private boolean continued;

  Exchange(
      Http1Connection connection,
      Transport transport,
      RequestHead head,
      RequestTarget target,
      MessageFraming framing,
      int memoryLimit) {
    this.connection = connection;
    this.transport = transport;
    this.head = head;
    this.body =
        switch (framing) {
          case MessageFraming.None() -> null;
          case MessageFraming.Fixed(long length) -> new RequestBody(this, length, memoryLimit);
          case MessageFraming.Chunked() -> new RequestBody(this, -1, memoryLimit);
        };
    this.request = new Http1Request(head, target, transport.remoteAddress(), body);
  }

  /** Finds the handler; throws what {@link Handler#resolve} throws. */
  Handler resolve(Handler application) {
    handler = application.resolve(request);
    return handler;
  }

  /** Whether the client waits for 100 Continue before it sends the body. Owner thread. */
  boolean heldBack() {
    return head.expectsContinue && !continued;
  }

  /** Asks for a body that the client holds back. Owner thread. */
  void sendContinue() {
    if (heldBack()) {
      continued = true;
      transport.send(CONTINUE, 0, CONTINUE.length);
      transport.flush();
      connection.rearm();
    }
  }

  // ---- the handler's side

  @Override
  public void run() {
    answer(Invocation.call(handler, request));
  }

  /** Sends a response, on a thread that may block. */
  private void answer(Response response) {
    if (response.body() instanceof Body.Upgrade upgrade) {
      upgrade(response, upgrade);
    } else if (response.body() instanceof Body.Stream stream && mayHaveBody(response)) {
      stream(response, stream);
    } else {
      transport.execute(() -> connection.respond(this, response));
    }
  }

  /** Calls a handler that does not block, on the owner thread. */
  void runInline() {
    Response response = Invocation.call(handler, request);
    if (mustNotRunInline(response)) {
      transport.start(() -> answer(response));
    } else {
      connection.respond(this, response);
    }
  }

  private boolean mustNotRunInline(Response response) {
    return switch (response.body()) {
      case Body.Bytes _ -> false;
      case Body.Stream _ -> mayHaveBody(response);
      case Body.Upgrade _ -> true;
    };
  }

  /** RFC 9110 §6.4.1: no body after HEAD, 204, 304. */
  boolean mayHaveBody(Response response) {
    return !head.method.equals(Method.HEAD) && !Status.isBodiless(response.status());
  }

  private void stream(Response response, Body.Stream stream) {
    long length = lengthOf(stream);
    boolean keep =
        length != ResponseWriter.UNSAID
            && (body == null || body.isConsumed())
            && KeepAlive.allowed(head, transport.draining())
            && !KeepAlive.closes(response);
    inOrder = new ConcurrentLinkedQueue<>();
    inOrder(() -> connection.beginStream(this, response, length, keep));
    try {
      var out = new ResponseStream(this, length == ResponseWriter.CHUNKED, stream.length());
      stream.writer().writeTo(out);
      out.finish();
    } catch (Throwable e) {
      Invocation.logBroken(request, e);
      inOrder(() -> connection.breakOff(this));
      return;
    }
    inOrder(() -> connection.endStream(this, keep));
  }

  private void upgrade(Response response, Body.Upgrade upgrade) {
    try {
      requireUpgradable();
    } catch (Throwable e) {
      Response failed = Invocation.failed(request, e);
      transport.execute(() -> connection.respond(this, failed));
      return;
    }
    var input = new UpgradedInput(this);
    inOrder = new ConcurrentLinkedQueue<>();
    inOrder(() -> connection.upgrade(this, response, input));
    try {
      var stream = new UpgradedStream(this, input);
      upgrade.handler().handle(stream);
      stream.finish();
    } catch (Throwable e) {
      Invocation.logBroken(request, e);
      cut();
      return;
    }
    inOrder(() -> connection.endStream(this, false));
  }

  /** RFC 9110 §7.8: not in HTTP/1.0, and not before the whole request is here. */
  private void requireUpgradable() throws IOException {
    if (head.version != HttpVersion.HTTP_1_1) {
      throw new IllegalStateException("upgrade: expected an HTTP/1.1 request, got " + head.version);
    }
    if (body != null && !body.isConsumed()) {
      body.bytes();
    }
  }

  /** Ends the connection at once. Any thread. */
  void cut() {
    transport.execute(() -> connection.abort(this));
  }

  boolean draining() {
    return transport.draining();
  }

  /** The client is gone: whatever the handler waits for throws this. Owner thread. */
  void fail(IOException gone) {
    backlog.fail(gone);
    if (body != null) {
      body.fail(gone);
    }
  }

  /** What the head says of a body that is left out. */
  long lengthOf(Response response) {
    return response.body() instanceof Body.Stream stream ? lengthOf(stream) : ResponseWriter.UNSAID;
  }

  /** A streamed body's length for the head: HTTP/1.0 knows no chunks. */
  private long lengthOf(Body.Stream stream) {
    return stream
        .length()
        .orElse(
            head.version == HttpVersion.HTTP_1_1 ? ResponseWriter.CHUNKED : ResponseWriter.UNSAID);
  }

  /** Hands a piece of the body to the owner, and waits while the client is behind. */
  void sendPiece(byte[] piece) throws IOException {
    backlog.add(piece.length);
    inOrder(() -> connection.sendPiece(this, piece));
    backlog.await();
  }

  /** Hands a part of a file to the owner, and waits while the client is behind. */
  void sendFile(FileSlice slice) throws IOException {
    backlog.add(slice.count());
    inOrder(() -> connection.sendFile(this, slice));
    backlog.await();
  }

  private void inOrder(Runnable task) {
    Queue<Runnable> queue = inOrder;
    if (queue == null) {
      throw new IllegalStateException("exchange: expected a stream or another protocol");
    }
    queue.add(task);
    transport.execute(
        () -> {
          for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
            next.run();
          }
        });
  }

  // ---- RequestBody.Source: called by the handler's reads

  @Override
  public void firstRead() {
    if (head.expectsContinue) {
      transport.execute(this::sendContinue);
    }
  }

  @Override
  public void more() {
    transport.execute(connection::resume);
  }

  @Override
  public boolean pull() throws IOException {
    return transport.awaitInput();
  }
}
