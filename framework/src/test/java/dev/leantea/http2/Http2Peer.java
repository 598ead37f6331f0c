package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.ContractApplication;
import dev.leantea.conformance.Http2Replies;
import dev.leantea.exchange.Application;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http1.MemoryTransport;
import dev.leantea.http1.MemoryTransport.Style;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A client of HTTP/2 in memory that sends any bytes. One thread. Whoever opens many closes each: a
 * handler that waits for it is a parked thread, which the JVM keeps with all that it holds.
 */
final class Http2Peer implements AutoCloseable {
  private static final Handler CONTRACT = ContractApplication.routes();

  final MemoryTransport transport;

  Http2Peer(Style style) {
    this(style, CONTRACT, Limits.DEFAULTS);
  }

  Http2Peer(Style style, Handler handler, Limits limits) {
    transport = new MemoryTransport(style);
    var protocol = new Http2Protocol(new Application(handler, limits, ExchangeListener.NONE));
    transport.open(protocol::connect);
  }

  Http2Peer send(byte[] bytes) {
    transport.arrive(bytes, 0, bytes.length);
    return this;
  }

  Http2Peer sendCut(byte[] bytes, int cut) {
    transport.arrive(bytes, 0, cut);
    transport.arrive(bytes, cut, bytes.length);
    return this;
  }

  Http2Peer sendEachByte(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      transport.arrive(bytes, i, i + 1);
    }
    return this;
  }

  @Override
  public void close() {
    transport.leave();
    assertThat(transport.failures()).as("thrown at the backend").isEmpty();
  }

  /** What the server has sent so far. */
  Http2Replies replies() {
    assertThat(transport.failures()).as("thrown at the backend").isEmpty();
    try {
      return new Http2Replies().add(transport.sent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
