package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.ContractApplication;
import dev.leantea.conformance.ReplyReader;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.exchange.Application;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.wire.WireListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of one connection in memory. Whoever opens many closes each: a handler that waits for it
 * is a parked thread, which the JVM keeps with all that it holds.
 */
final class MemoryPeer implements AutoCloseable {
  private static final Handler CONTRACT = ContractApplication.routes();

  final MemoryTransport transport;
  final WireListener connection;
  private final List<Method> methods = new ArrayList<>();

  MemoryPeer(MemoryTransport.Style style, Handler application, Limits limits) {
    transport = new MemoryTransport(style);
    connection = transport.open(protocol(application, limits)::connect);
  }

  private MemoryPeer(MemoryTransport.Style style, boolean admitted) {
    transport = new MemoryTransport(style);
    Http1Protocol protocol = protocol(CONTRACT, Limits.DEFAULTS);
    connection = transport.open(admitted ? protocol::connect : protocol::refuse);
  }

  /** A client beyond the limit of connections. */
  static MemoryPeer refused(MemoryTransport.Style style) {
    return new MemoryPeer(style, false);
  }

  private Http1Protocol protocol(Handler application, Limits limits) {
    var recorder = new Recorder(application, methods);
    return new Http1Protocol(new Application(recorder, limits, ExchangeListener.NONE));
  }

  MemoryPeer(MemoryTransport.Style style) {
    this(style, CONTRACT, Limits.DEFAULTS);
  }

  /** Notes the methods of the requests, in order: a response to HEAD has no body. */
  private record Recorder(Handler application, List<Method> methods) implements Handler {
    @Override
    public Response handle(Request request) throws Exception {
      return application.handle(request);
    }

    @Override
    public Handler resolve(Request request) {
      methods.add(request.method());
      return application.resolve(request);
    }
  }

  MemoryPeer send(String latin1) {
    return send(Bytes.latin1(latin1));
  }

  MemoryPeer send(byte[] bytes) {
    transport.arrive(bytes, 0, bytes.length);
    return this;
  }

  /** Sends the bytes in pieces that end at the cuts. */
  MemoryPeer sendCut(byte[] bytes, int... cuts) {
    int from = 0;
    for (int cut : cuts) {
      transport.arrive(bytes, from, cut);
      from = cut;
    }
    transport.arrive(bytes, from, bytes.length);
    return this;
  }

  MemoryPeer sendEachByte(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      transport.arrive(bytes, i, i + 1);
    }
    return this;
  }

  MemoryPeer endInput() {
    transport.endInput();
    return this;
  }

  @Override
  public void close() {
    transport.leave();
    assertThat(transport.failures()).as("thrown at the backend").isEmpty();
  }

  /** The responses so far, interim ones too; fails on any byte that is not HTTP. */
  List<Reply> replies() {
    assertThat(transport.failures()).as("thrown at the backend").isEmpty();
    var reader = new ReplyReader(new ByteArrayInputStream(transport.sent()));
    var replies = new ArrayList<Reply>();
    int answered = 0;
    try {
      while (!reader.atEnd()) {
        boolean head = answered < methods.size() && methods.get(answered).equals(Method.HEAD);
        Reply reply = reader.read(head);
        answered += reply.status() < 200 ? 0 : 1;
        replies.add(reply);
      }
    } catch (IOException e) {
      throw new AssertionError(
          "expected whole responses, got "
              + Bytes.latin1(transport.sent(), 0, transport.sent().length),
          e);
    }
    return replies;
  }

  List<Integer> statuses() {
    return replies().stream().map(Reply::status).toList();
  }

  /** The one response so far. */
  Reply reply() {
    List<Reply> replies = replies();
    assertThat(replies).hasSize(1);
    return replies.getFirst();
  }
}
