package dev.leantea.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;

/** A request with the parameters of the route that it matched. */
record RoutedRequest(Request request, PathParameters parameters) implements Request {
  @Override
  public String path(String name) {
    return parameters.value(name);
  }

  @Override
  public Request withPath(PathParameters other) {
    return new RoutedRequest(request, other);
  }

  @Override
  public Method method() {
    return request.method();
  }

  @Override
  public RequestTarget target() {
    return request.target();
  }

  @Override
  public HttpVersion version() {
    return request.version();
  }

  @Override
  public Headers headers() {
    return request.headers();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return request.remoteAddress();
  }

  @Override
  public byte[] bytes() throws IOException {
    return request.bytes();
  }

  @Override
  public InputStream stream() throws IOException {
    return request.stream();
  }
}
