package dev.leantea.http;

import dev.leantea.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One response: status, field lines, body. Immutable; any thread.
 *
 * <p>The framework adds what belongs to the message's framing and to the connection: {@code
 * Content-Length} or {@code Transfer-Encoding}, {@code Connection}, {@code Date}.
 *
 * <p>{@link #header} replaces a field, {@link #addHeader} adds a line.
 */
public final class Response {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int RESET_CONTENT = 205;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final int status;
  private final Headers headers;
  private final Body body;
  private final @Nullable CloseAction onClose;

  private Response(int status, Headers headers, Body body, @Nullable CloseAction onClose) {
    if (body instanceof Body.Upgrade != (status == SWITCHING_PROTOCOLS)) {
      throw new IllegalArgumentException(
          "response: expected status 101 with an upgrade and only with one, got " + status);
    }
    this.status = status;
    this.headers = headers;
    this.body = status == RESET_CONTENT ? Body.EMPTY : body; // RFC 9110 §15.3.6
    this.onClose = onClose;
  }

  /** Text in UTF-8, as {@code text/plain}. */
  public static Response text(int status, String text) {
    return text(status, MediaType.TEXT, Arguments.require(text, "text"));
  }

  /** Text in UTF-8, as {@code text/html}. */
  public static Response html(int status, String html) {
    return text(status, MediaType.HTML, Arguments.require(html, "html"));
  }

  /**
   * A page that a template engine renders, whole before anything is sent.
   *
   * @param template its name, as the engine knows it
   * @param model what it shows
   * @throws IOException when the engine fails
   */
  public static Response html(int status, Templates templates, String template, Object model)
      throws IOException {
    var page = new StringWriter();
    Arguments.require(templates, "templates").render(template, model, page);
    return html(status, page.toString());
  }

  private static Response text(int status, MediaType mediaType, String text) {
    return bytes(status, mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The given bytes, which are not copied: do not change the array afterwards. */
  public static Response bytes(int status, MediaType mediaType, byte[] content) {
    return of(status, mediaType, new Body.Bytes(Arguments.require(content, "content")));
  }

  /** A JSON tree. */
  public static Response json(int status, JsonNode json) {
    return jsonObj(status, Arguments.require(json, "json"));
  }

  /** A value that Jackson serializes: a record, a list, a map, …. */
  public static Response jsonObj(int status, Object value) {
    return bytes(status, MediaType.JSON, Json.encode(Arguments.require(value, "value")));
  }

  /** The error document {@code {"error": message}}; {@link HttpException} has one with details. */
  public static Response jsonError(int status, String message) {
    return bytes(status, MediaType.JSON, Json.error(Arguments.require(message, "message")));
  }

  /** A status without a body. */
  public static Response empty(int status) {
    return new Response(Status.requireFinal(status), Headers.empty(), Body.EMPTY, null);
  }

  /**
   * Sends the client elsewhere.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param location a URI reference in ASCII (RFC 3986 §4.1), already percent-encoded
   * @throws IllegalArgumentException for another status, or when the location is no such reference
   */
  public static Response redirect(int status, String location) {
    if (!REDIRECTS.contains(status)) {
      throw new IllegalArgumentException(
          "redirect: expected status 301, 302, 303, 307 or 308, got " + status);
    }
    Arguments.require(location, "location");
    return empty(status).header("Location", UriReference.require(location, "location"));
  }

  /** A body of unknown length, written while it is sent. */
  public static Response stream(int status, MediaType mediaType, BodyWriter writer) {
    return stream(status, mediaType, OptionalLong.empty(), writer);
  }

  /**
   * A body of known length, written while it is sent.
   *
   * @param length in bytes
   */
  public static Response stream(int status, MediaType mediaType, long length, BodyWriter writer) {
    if (length < 0) {
      throw new IllegalArgumentException("length: expected 0 or more, got " + length);
    }
    return stream(status, mediaType, OptionalLong.of(length), writer);
  }

  private static Response stream(
      int status, MediaType mediaType, OptionalLong length, BodyWriter writer) {
    return of(status, mediaType, new Body.Stream(Arguments.require(writer, "writer"), length));
  }

  /**
   * A file, with its length, its media type by the extension of its name, {@code
   * X-Content-Type-Options: nosniff}, {@code Last-Modified} and {@code ETag}. To answer conditional
   * and range requests too, use {@code StaticFiles}.
   *
   * @throws HttpException 404 when it is no regular file that can be read
   * @throws IOException when its attributes cannot be read
   */
  public static Response file(Path file) throws IOException {
    FileVersion version = FileVersion.of(Arguments.require(file, "file"));
    return file(200, file, 0, version.size())
        .header("ETag", version.etag())
        .header("Last-Modified", HttpDate.format(version.lastModified()));
  }

  /**
   * A part of a file, with its media type by the extension of its name and {@code
   * X-Content-Type-Options: nosniff}: a browser must not take an uploaded file for a page because
   * of its content.
   *
   * @param from the first byte's index
   * @param length in bytes; where the file turns out to be shorter the connection is aborted
   */
  public static Response file(int status, Path file, long from, long length) {
    Arguments.require(file, "file");
    MediaType mediaType = MediaType.ofFile(String.valueOf(file.getFileName()));
    return of(status, mediaType, new Body.File(file, from, length))
        .header("X-Content-Type-Options", "nosniff");
  }

  /**
   * {@code 101 Switching Protocols} (RFC 9110 §7.8): the handler speaks another protocol over the
   * connection. A request that does not ask for it in {@code Upgrade} and {@code Connection} is
   * answered with 426 instead; one of HTTP/1.0, or of HTTP/2 without extended CONNECT, with 400.
   *
   * @param protocol the value of the {@code Upgrade} field, such as {@code websocket}
   */
  public static Response upgrade(String protocol, UpgradeHandler handler) {
    return new Response(
        SWITCHING_PROTOCOLS,
        Headers.of("Upgrade", protocol),
        new Body.Upgrade(protocol, Arguments.require(handler, "handler")),
        null);
  }

  private static Response of(int status, MediaType mediaType, Body body) {
    String value = Arguments.require(mediaType, "media type").value();
    return new Response(Status.requireFinal(status), Headers.of("Content-Type", value), body, null);
  }

  /**
   * This response with the field set to one value: it replaces all lines of this name.
   *
   * @throws IllegalArgumentException for a malformed name or value; for {@code Content-Length} and
   *     {@code Transfer-Encoding}, which follow from the body; for a {@code Connection} other than
   *     {@code close}; for {@code Set-Cookie} where a cookie was set before
   */
  public Response header(String name, String value) {
    requireAllowed(name, value);
    ResponseFields.requireReplaceable(headers, name);
    return withHeaders(headers.with(name, value));
  }

  /**
   * This response with one more field line, whether or not there is one of this name: for lists,
   * such as {@code Vary} or {@code Link}.
   *
   * @throws IllegalArgumentException as {@link #header}; and when there is a line of this name
   *     already and the field holds a single value, as {@code Content-Type} or {@code Location} do
   */
  public Response addHeader(String name, String value) {
    requireAllowed(name, value);
    ResponseFields.requireAddable(headers, name);
    return withHeaders(headers.withAdded(name, value));
  }

  /**
   * This response with those of the lines whose names it does not have: for a filter with fields
   * that a handler may set otherwise. The lines may be kept and given to many responses.
   *
   * @throws IllegalArgumentException as {@link #header}
   */
  public Response headersIfAbsent(Headers fields) {
    Arguments.require(fields, "header fields");
    for (int i = 0, size = fields.size(); i < size; i++) {
      requireAllowed(fields.name(i), fields.value(i));
    }
    return withHeaders(ListHeaders.complete(headers, fields));
  }

  private static void requireAllowed(String name, String value) {
    Arguments.require(name, "header name");
    ResponseFields.requireAllowed(name, Arguments.require(value, "header value"));
  }

  /**
   * This response with a cookie that it sets, beside those that it sets already.
   *
   * @throws IllegalArgumentException when user agents would ignore the cookie: see {@link
   *     Cookie#fieldValue}
   */
  public Response cookie(Cookie cookie) {
    return addHeader("Set-Cookie", Arguments.require(cookie, "cookie").fieldValue());
  }

  /** This response without the field lines of this name. */
  public Response withoutHeader(String name) {
    return withHeaders(headers.without(Arguments.require(name, "header name")));
  }

  private Response withHeaders(Headers others) {
    return new Response(status, others, body, onClose);
  }

  /** This response with another status. */
  public Response withStatus(int other) {
    return new Response(Status.requireFinal(other), headers, body, onClose);
  }

  /** This response with another body; the field lines stay. */
  public Response withBody(Body other) {
    return new Response(status, headers, Arguments.require(other, "body"), onClose);
  }

  /**
   * This response with something to be closed when it is over: a file, a connection of a pool, a
   * measurement. It is closed exactly once, whether the response was sent whole, broke off, was
   * replaced by an error or was never sent, for HEAD too. Of several, the last one is closed first.
   * It is called on a thread that may block, or, for a {@code nonBlocking} handler, on the event
   * loop. What it throws is logged.
   *
   * <p>A filter that answers with another response instead of this one calls {@link #close}.
   */
  public Response onClose(AutoCloseable action) {
    return new Response(
        status, headers, body, new CloseAction(Arguments.require(action, "action"), onClose));
  }

  /**
   * Runs what was registered with {@link #onClose}, on this response and on those that it was made
   * from. The server calls it; code that discards a response without sending it must do so too.
   * Further calls do nothing. Throws nothing.
   */
  public void close() {
    CloseAction.run(onClose);
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

  /**
   * The content of the body, for tests: a streamed one and a file are written into memory.
   *
   * @throws IllegalStateException for an upgrade, which has none
   * @throws Exception what the writer of a streamed body throws
   */
  public byte[] bodyBytes() throws Exception {
    var out = new ByteArrayOutputStream();
    switch (body) {
      case Body.Bytes(byte[] content) -> {
        return content;
      }
      case Body.Stream(BodyWriter writer, _) -> writer.writeTo(out);
      case Body.File file -> file.writeTo(out);
      case Body.Upgrade(String protocol, _) ->
          throw new IllegalStateException("body: expected content, got an upgrade to " + protocol);
    }
    return out.toByteArray();
  }

  /** The content of the body as text in UTF-8, for tests. See {@link #bodyBytes}. */
  public String bodyText() throws Exception {
    return new String(bodyBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return status + " " + Status.reason(status) + " " + headers;
  }
}
