package dev.leantea.http;

import dev.leantea.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * One request, as a handler sees it. The head is complete; the body may still be on its way, and
 * the accessors that read it wait for it.
 *
 * <p>The head may be read by any thread, the body by one thread at a time.
 */
public interface Request {
  /** The method, one of RFC 9110's; a HEAD stays a HEAD when a GET route answers it. */
  Method method();

  /** The request target, as received and taken apart. */
  RequestTarget target();

  /** HTTP/1.0 or HTTP/1.1. */
  HttpVersion version();

  /** All field lines, in the order received. */
  Headers headers();

  /**
   * The peer's address as the socket has it; an address of this machine for a request in memory.
   */
  InetSocketAddress remoteAddress();

  /**
   * The whole body. Waits until it has arrived; the first call sends {@code 100 Continue} if the
   * client asked for it. A second call returns the same bytes.
   *
   * @throws HttpException 413 when it is larger than {@link Limits#bodyInMemory}; {@link #stream}
   *     has no such limit
   * @throws IOException when the client is gone or too slow, or the body is malformed
   * @throws IllegalStateException when {@link #stream} was called before
   */
  byte[] bytes() throws IOException;

  /**
   * The body as it arrives: reads block until there is more, and the client is held back while
   * nobody reads. The first read sends {@code 100 Continue} if the client asked for it.
   *
   * @throws IOException from its reads, as {@link #bytes}
   * @throws IllegalStateException when it was called before
   */
  InputStream stream() throws IOException;

  /**
   * The decoded value of a path parameter: for the route {@code /users/{id}} the name {@code id}.
   *
   * @throws IllegalArgumentException when the route has no such parameter
   */
  String path(String name);

  /** The path with dot segments removed, still percent-encoded. */
  default String path() {
    return target().path();
  }

  /**
   * The decoded value of the first query parameter of this name.
   *
   * @throws HttpException 400 when its percent-encoding is bad
   */
  default Optional<String> query(String name) {
    return QueryString.first(target().query(), name);
  }

  /** The decoded values of all query parameters of this name, in order. */
  default List<String> queries(String name) {
    return QueryString.all(target().query(), name);
  }

  /** The value of the first field line of this name. */
  default Optional<String> header(String name) {
    return headers().first(name);
  }

  /** The media type of the body; {@code application/octet-stream} when the client gave none. */
  default MediaType mediaType() {
    return header("Content-Type").map(MediaType::new).orElse(MediaType.OCTET_STREAM);
  }

  /** The whole body as text, in the charset of its media type (UTF-8 by default). */
  default String text() throws IOException {
    return new String(bytes(), mediaType().charset());
  }

  /**
   * The whole body, read as JSON.
   *
   * @throws HttpException 400 when it is no JSON or does not fit the class
   */
  default <T> T json(Class<T> type) throws IOException {
    try {
      return Json.decode(bytes(), type);
    } catch (JacksonException e) {
      throw new HttpException(
          400, "body: expected JSON of " + type.getSimpleName() + ", " + e.getOriginalMessage(), e);
    }
  }

  /** This request with other path parameters: what a router hands to the matched route. */
  default Request withPath(PathParameters parameters) {
    return new RoutedRequest(this, parameters);
  }

  /**
   * A request in memory, HTTP/1.1 with a Host and no body: for tests that need no port.
   *
   * @throws IllegalArgumentException when the target is malformed
   */
  static MemoryRequest of(Method method, String target) {
    return MemoryRequest.of(method, target);
  }
}
