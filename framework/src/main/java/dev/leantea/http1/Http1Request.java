package dev.leantea.http1;

import dev.leantea.exchange.IncomingBody;
import dev.leantea.http.Headers;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.RequestTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A request off the wire. */
final class Http1Request implements Request {
  private static final byte[] NO_BYTES = new byte[0];

  private final RequestHead head;
  private final RequestTarget target;
  private final InetSocketAddress remoteAddress;
  private final @Nullable IncomingBody body;

  Http1Request(
      RequestHead head,
      RequestTarget target,
      InetSocketAddress remoteAddress,
      @Nullable IncomingBody body) {
    this.head = head;
    this.target = target;
    this.remoteAddress = remoteAddress;
    this.body = body;
  }

  @Override
  public Method method() {
    return head.method;
  }

  @Override
  public RequestTarget target() {
    return target;
  }

  @Override
  public HttpVersion version() {
    return head.version;
  }

  @Override
  public Headers headers() {
    return head;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public byte[] bytes() throws IOException {
    return body == null ? NO_BYTES : body.bytes();
  }

  @Override
  public InputStream stream() {
    return body == null ? InputStream.nullInputStream() : body.stream();
  }

  @Override
  public String path(String name) {
    throw new IllegalArgumentException(
        "path parameter: expected a route with {" + name + "}, got a request outside of a router");
  }

  @Override
  public String toString() {
    return head.toString();
  }
}
