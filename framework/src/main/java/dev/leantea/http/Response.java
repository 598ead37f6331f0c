package dev.leantea.http;

import dev.leantea.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * One response: status, field lines, body. Immutable; any thread.
 *
 * <p>The framework adds what belongs to the message's framing and to the connection: {@code
 * Content-Length} or {@code Transfer-Encoding}, {@code Connection}, {@code Date}.
 */
public final class Response {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final int status;
  private final Headers headers;
  private final Body body;

  private Response(int status, Headers headers, Body body) {
    if (body instanceof Body.Upgrade != (status == SWITCHING_PROTOCOLS)) {
      throw new IllegalArgumentException(
          "response: expected status 101 with an upgrade and only with one, got " + status);
    }
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Text in UTF-8, as {@code text/plain}. */
  public static Response text(int status, String text) {
    return bytes(status, MediaType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Text in UTF-8, as {@code text/html}. */
  public static Response html(int status, String html) {
    return bytes(status, MediaType.HTML, html.getBytes(StandardCharsets.UTF_8));
  }

  /** The given octets, which are not copied: do not change the array afterwards. */
  public static Response bytes(int status, MediaType mediaType, byte[] content) {
    return of(status, mediaType, new Body.Bytes(content));
  }

  /** A JSON tree. */
  public static Response json(int status, JsonNode json) {
    return jsonObj(status, json);
  }

  /** A value that Jackson serializes: a record, a list, a map, …. */
  public static Response jsonObj(int status, Object value) {
    return bytes(status, MediaType.JSON, Json.encode(value));
  }

  /** The error document {@code {"error": message}}. */
  public static Response jsonError(int status, String message) {
    return bytes(status, MediaType.JSON, Json.error(message));
  }

  /** A status without a body. */
  public static Response empty(int status) {
    return new Response(Status.requireFinal(status), Headers.empty(), Body.EMPTY);
  }

  /**
   * Sends the client elsewhere.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param location a URI reference, already percent-encoded
   */
  public static Response redirect(int status, String location) {
    if (status < 301 || status > 308 || status == 304) {
      throw new IllegalArgumentException(
          "redirect: expected status 301, 302, 303, 307 or 308, got " + status);
    }
    return empty(status).header("Location", location);
  }

  /** A body of unknown length, written while it is sent. */
  public static Response stream(int status, MediaType mediaType, BodyWriter writer) {
    return of(status, mediaType, new Body.Stream(writer, OptionalLong.empty()));
  }

  /** A body of known length, written while it is sent. */
  public static Response stream(int status, MediaType mediaType, long length, BodyWriter writer) {
    if (length < 0) {
      throw new IllegalArgumentException("length: expected 0 or more, got " + length);
    }
    return of(status, mediaType, new Body.Stream(writer, OptionalLong.of(length)));
  }

  /**
   * A file, with its length, its media type by the ending of its name, {@code Last-Modified} and
   * {@code ETag}. To answer conditional and range requests too, use {@code StaticFiles}.
   *
   * @throws HttpException 404 when it is no regular file that can be read
   * @throws IOException when its attributes cannot be read
   */
  public static Response file(Path file) throws IOException {
    FileVersion version = FileVersion.of(file);
    return file(200, file, 0, version.size())
        .header("ETag", version.etag())
        .header("Last-Modified", HttpDate.format(version.lastModified()));
  }

  /**
   * A part of a file, with its media type alone.
   *
   * @param from the first octet's index
   * @param length in octets; where the file turns out to be shorter the connection is aborted
   */
  public static Response file(int status, Path file, long from, long length) {
    MediaType mediaType = MediaType.ofFile(String.valueOf(file.getFileName()));
    return of(status, mediaType, new Body.File(file, from, length));
  }

  /**
   * {@code 101 Switching Protocols} (RFC 9110 §7.8): the handler speaks another protocol over the
   * connection. Answer so only to an HTTP/1.1 request that asks for the protocol.
   *
   * @param protocol the value of the {@code Upgrade} field, such as {@code websocket}
   */
  public static Response upgrade(String protocol, UpgradeHandler handler) {
    return new Response(
        SWITCHING_PROTOCOLS, Headers.of("Upgrade", protocol), new Body.Upgrade(protocol, handler));
  }

  private static Response of(int status, MediaType mediaType, Body body) {
    return new Response(
        Status.requireFinal(status), Headers.of("Content-Type", mediaType.value()), body);
  }

  /**
   * This response with one more field line.
   *
   * @throws IllegalArgumentException for a malformed name or value; for {@code Content-Length} and
   *     {@code Transfer-Encoding}, which follow from the body; for a {@code Connection} other than
   *     {@code close}
   */
  public Response header(String name, String value) {
    requireAllowed(name, value);
    return new Response(status, headers.with(name, value), body);
  }

  private static void requireAllowed(String name, String value) {
    if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
      throw new IllegalArgumentException(
          "header: expected none that frames the message, got "
              + name
              + "; it follows from the body");
    }
    if (name.equalsIgnoreCase("Connection") && !value.equalsIgnoreCase("close")) {
      throw new IllegalArgumentException(
          "header Connection: expected close, got "
              + value
              + "; the framework sets it from version, request and drain");
    }
  }

  /** This response without the field lines of this name. */
  public Response withoutHeader(String name) {
    return new Response(status, headers.without(name), body);
  }

  /** This response with another status. */
  public Response withStatus(int other) {
    return new Response(Status.requireFinal(other), headers, body);
  }

  /** This response with another body; the field lines stay. */
  public Response withBody(Body other) {
    return new Response(status, headers, other);
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The field lines set by the handler. */
  public Headers headers() {
    return headers;
  }

  /** The body. */
  public Body body() {
    return body;
  }

  @Override
  public String toString() {
    return status + " " + Status.reason(status) + " " + headers;
  }
}
