package dev.leantea.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Ends a request with a status and a message that the client may read:
 *
 * <pre>{@code
 * throw HttpException.of(400, "the order is not complete")
 *     .field("/age", "expected a number, got abc")
 *     .detail("code", "ORDER_INCOMPLETE");
 * }</pre>
 *
 * <p>The answer is an error document. A client that accepts {@code application/problem+json} gets
 * one of RFC 9457; any other gets the first one:
 *
 * <pre>
 *  {"error": "the order is not complete",
 *   "fields": [{"field": "/age", "message": "expected a number, got abc"}], "code": "ORDER_INCOMPLETE"}
 *
 *  {"title": "Bad Request", "status": 400, "detail": "the order is not complete",
 *   "errors": [{"detail": "expected a number, got abc", "pointer": "#/age"}],
 *   "code": "ORDER_INCOMPLETE"}
 * </pre>
 *
 * <p>{@link ProblemDocuments} gives all clients the second one.
 *
 * <p>Not logged, for it is an answer and not a fault. Immutable: its methods return copies.
 */
public final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Something wrong with one field of a request.
   *
   * @param field where: a JSON Pointer into the body (RFC 6901), which begins with a slash, such as
   *     {@code /items/2/minutes}, or is empty for all of it; else the name of a parameter of the
   *     query, of a form or of a header
   * @param message what was expected, and what came
   */
  public record FieldError(String field, String message) {}

  private final int status;
  private final transient Headers headers;
  private final transient List<FieldError> fields;
  private final transient SequencedMap<String, Object> details;

  /**
   * @param status 400 to 599
   * @param message shown to the client
   */
  public HttpException(int status, String message) {
    super(message);
    this.status = Status.requireError(status);
    this.headers = Headers.empty();
    this.fields = List.of();
    this.details = new LinkedHashMap<>();
  }

  /** As above, with a cause for the developer; the client does not see it. */
  public HttpException(int status, String message, Throwable cause) {
    this(status, message);
    initCause(cause);
  }

  private HttpException(
      HttpException original,
      Headers headers,
      List<FieldError> fields,
      SequencedMap<String, Object> details) {
    super(original.getMessage(), original.getCause());
    setStackTrace(original.getStackTrace());
    this.status = original.status;
    this.headers = headers;
    this.fields = fields;
    this.details = details;
  }

  /**
   * An exception with a status and a message.
   *
   * @param status 400 to 599
   * @param message shown to the client
   */
  public static HttpException of(int status, String message) {
    return new HttpException(status, message);
  }

  /**
   * This exception, with something wrong with a field of the request; one call for each.
   *
   * @param field see {@link FieldError}
   */
  public HttpException field(String field, String message) {
    var more = new ArrayList<>(fields);
    more.add(
        new FieldError(
            Arguments.require(field, "field"), Arguments.require(message, "field message")));
    return new HttpException(this, headers, List.copyOf(more), details);
  }

  /**
   * This exception, with one more member of the error document, for programs that read it.
   *
   * @param name other than those of the document itself
   * @param value that Jackson can write
   * @throws IllegalArgumentException when the document has this member
   */
  public HttpException detail(String name, Object value) {
    if (ErrorDocument.MEMBERS.contains(Arguments.require(name, "detail name"))) {
      throw new IllegalArgumentException(
          "detail: expected a name other than " + ErrorDocument.MEMBERS + ", got " + name);
    }
    var more = new LinkedHashMap<>(details);
    more.put(name, Arguments.require(value, "detail value"));
    return new HttpException(this, headers, fields, more);
  }

  /**
   * This exception, with a field of the response set, such as {@code Retry-After} or {@code
   * WWW-Authenticate}; it replaces those of this name.
   *
   * @throws IllegalArgumentException as {@link Response#header}
   */
  public HttpException header(String name, String value) {
    Response checked = Response.empty(204).header(name, value);
    return new HttpException(this, headers.with(name, checked.headers().value(0)), fields, details);
  }

  /** The status of the answer, 400 to 599. */
  public int status() {
    return status;
  }

  /** The message shown to the client. */
  public String reason() {
    String message = getMessage();
    return message == null ? Status.reason(status) : message;
  }

  /** What is wrong with fields of the request, in the order added. */
  public List<FieldError> fields() {
    return fields;
  }

  SequencedMap<String, Object> details() {
    return details;
  }

  /**
   * The answer to a request: an error document, in the form that the client accepts, with the
   * fields of {@link #header}.
   */
  public Response toResponse(Request request) {
    Response response = ErrorDocument.response(this, request);
    for (Headers.Field field : headers) {
      response = response.header(field.name(), field.value());
    }
    return response;
  }
}
