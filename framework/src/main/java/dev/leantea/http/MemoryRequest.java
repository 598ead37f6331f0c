package dev.leantea.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A request that came from code and not from a socket. Immutable. */
public final class MemoryRequest implements Request {
  private final Method method;
  private final RequestTarget target;
  private final HttpVersion version;
  private final Headers headers;
  private final byte[] body;

  private MemoryRequest(
      Method method, RequestTarget target, HttpVersion version, Headers headers, byte[] body) {
    this.method = method;
    this.target = target;
    this.version = version;
    this.headers = headers;
    this.body = body;
  }

  static MemoryRequest of(Method method, String target) {
    return new MemoryRequest(
        method,
        RequestTarget.parse(method, target),
        HttpVersion.HTTP_1_1,
        Headers.of("Host", "localhost"),
        new byte[0]);
  }

  /** This request with one more field line. */
  public MemoryRequest header(String name, String value) {
    return new MemoryRequest(method, target, version, headers.with(name, value), body);
  }

  /** This request with a body; its Content-Type is a header like any other. */
  public MemoryRequest body(byte[] bytes) {
    return new MemoryRequest(method, target, version, headers, bytes.clone());
  }

  /** This request with a text as its body, in UTF-8. */
  public MemoryRequest body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public RequestTarget target() {
    return target;
  }

  @Override
  public HttpVersion version() {
    return version;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public byte[] bytes() {
    return body.clone();
  }

  @Override
  public InputStream stream() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public String path(String name) {
    throw new IllegalArgumentException(
        "path parameter: expected a route with {" + name + "}, got a request outside of a router");
  }
}
