package dev.leantea.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * One request, as a handler sees it. The head is complete; the body may still be on its way, and
 * the accessors that read it wait for it.
 *
 * <p>Immutable but for its body, which the copies made by {@code with…} share. The head may be read
 * by any thread, the body by one thread at a time.
 */
public final class Request {
  private static final SocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final RequestMetadata head;
  final RequestContent content;
  private final RouteMatch match;
  private final @Nullable AttributeValue attributes;

  private Request(
      RequestMetadata head,
      RequestContent content,
      RouteMatch match,
      @Nullable AttributeValue attributes) {
    this.head = head;
    this.content = content;
    this.match = match;
    this.attributes = attributes;
  }

  /**
   * A request in memory, HTTP/1.1 over {@code http} with {@code Host: localhost} and no body, from
   * a loopback address: for tests that need no port.
   *
   * @throws IllegalArgumentException when the target is malformed
   */
  public static Request of(Method method, String target) {
    return received(
        method,
        RequestTarget.parse(method, Arguments.require(target, "target")),
        HttpVersion.HTTP_1_1,
        Headers.of("Host", "localhost"),
        Optional.empty(),
        LOOPBACK,
        RequestContent.EMPTY);
  }

  /**
   * A request that a server has received.
   *
   * @param tls what the connection has negotiated; empty for {@code http}
   */
  public static Request received(
      Method method,
      RequestTarget target,
      HttpVersion version,
      Headers headers,
      Optional<TlsSession> tls,
      SocketAddress remoteAddress,
      RequestContent content) {
    String scheme = tls.isPresent() ? "https" : "http";
    var head =
        new RequestMetadata(method, target, version, headers, tls, scheme, remoteAddress, "", "");
    return new Request(head, content, RouteMatch.NONE, null);
  }

  // ---- the head

  /** The method; a HEAD stays a HEAD when a GET route answers it. */
  public Method method() {
    return head.method();
  }

  /** The request target, as received and taken apart. */
  public RequestTarget target() {
    return head.target();
  }

  /** The protocol version; more will come than HTTP/1.0 and HTTP/1.1. */
  public HttpVersion version() {
    return head.version();
  }

  /** All field lines, in the order received. */
  public Headers headers() {
    return head.headers();
  }

  /** {@code https} when the request came over TLS, else {@code http}. */
  public String scheme() {
    return head.scheme();
  }

  /**
   * What TLS has negotiated with the peer, with the certificates that it has shown; empty without
   * TLS. Behind a proxy this is about the proxy.
   */
  public Optional<TlsSession> tls() {
    return head.tls();
  }

  /**
   * The host that was asked, with its port if one was given: that of {@link #withAuthority}, of an
   * absolute target, else {@code Host} (RFC 9112 §3.3). Empty when an HTTP/1.0 request names none.
   */
  public String authority() {
    return head.authority();
  }

  /** The peer's address, as the socket has it: an {@link InetSocketAddress} for TCP. */
  public SocketAddress remoteAddress() {
    return head.remoteAddress();
  }

  /**
   * What a proxy has removed from the beginning of the path, such as {@code /app}: links and
   * redirects begin with it. Empty unless a filter has set it.
   */
  public String prefix() {
    return head.prefix();
  }

  /** See {@link RequestTarget#path}: without dot segments, and written in one way only. */
  public String path() {
    return head.target().path();
  }

  /** The pattern of the route that matched, as {@code /users/{id}}; empty outside of a router. */
  public String route() {
    return match.pattern();
  }

  /**
   * The decoded value of a path parameter: for the route {@code /users/{id}} the name {@code id}.
   *
   * @throws IllegalArgumentException when the route has no such parameter
   */
  public String path(String name) {
    return match.parameters().value(name);
  }

  /**
   * A path parameter as a value of a type; see {@link #query(String, Class)} for types.
   *
   * @throws HttpException 404 when it is no such value: there is no such page
   * @throws IllegalArgumentException when the route has no such parameter; for a type that cannot
   *     be read from text
   */
  public <T> T path(String name, Class<T> type) {
    return TypedText.path(this, name, type);
  }

  /**
   * The decoded value of the first query parameter of this name.
   *
   * @throws HttpException 400 when its percent-encoding is bad
   */
  public Optional<String> query(String name) {
    return QueryString.first(head.target().query(), name);
  }

  /**
   * The first query parameter of this name as a value of a type: a number, {@code Boolean}, {@code
   * UUID}, a date or time of {@code java.time}, an enum by the names of its constants. Empty when
   * there is none, and, but for {@code String}, when its text is blank.
   *
   * @throws HttpException 400 when it is no such value, with what was expected and what came
   * @throws IllegalArgumentException for a type that cannot be read from text
   */
  public <T> Optional<T> query(String name, Class<T> type) {
    return TypedText.query(this, name, type);
  }

  /** As {@link #query(String, Class)}, for all parameters of this name. */
  public <T> List<T> queries(String name, Class<T> type) {
    return TypedText.queries(this, name, type);
  }

  /** The decoded values of all query parameters of this name, in order. */
  public List<String> queries(String name) {
    return QueryString.all(head.target().query(), name);
  }

  /** The value of the first field line of this name. Bytes above ASCII are read as Latin-1. */
  public Optional<String> header(String name) {
    return head.headers().first(name);
  }

  /**
   * The value of the first field line of this name, its bytes read in a charset: UTF-8 for a field
   * that is defined so, as {@code Last-Event-ID}.
   */
  public Optional<String> header(String name, Charset charset) {
    return header(name)
        .map(value -> new String(value.getBytes(StandardCharsets.ISO_8859_1), charset));
  }

  /**
   * The media type that the client prefers, by the weights of its {@code Accept} (RFC 9110
   * §12.5.1); of several the first one here. The response should say {@code Vary: Accept}.
   *
   * @throws HttpException 406 when it accepts none
   */
  public MediaType preferred(MediaType first, MediaType... others) {
    return Accept.best(head.headers(), Arguments.listOf(first, others));
  }

  /** The value of the first cookie of this name; nothing is decoded. */
  public Optional<String> cookie(String name) {
    return RequestCookies.first(head.headers(), name);
  }

  /** All cookies, in the order received; malformed ones are left out. */
  public List<CookiePair> cookies() {
    return RequestCookies.all(head.headers());
  }

  /** What was attached to the request with this key. */
  public <T> Optional<T> attribute(Attribute<T> key) {
    return AttributeValue.find(attributes, key);
  }

  // ---- the body

  /**
   * The whole body. Waits until it has arrived; the first call sends {@code 100 Continue} if the
   * client asked for it. A second call returns the same array: do not change it.
   *
   * @throws HttpException 413 when it is larger than {@link Limits#bodyInMemory}, 503 when the
   *     server holds {@link Limits#bodiesInMemory} already; {@link #stream} has no such limits
   * @throws RequestBodyException when the body is malformed, was cut off or is too slow
   * @throws IOException when the client is gone
   * @throws IllegalStateException when {@link #stream} was called before
   */
  public byte[] bytes() throws IOException {
    return content.bytes();
  }

  /**
   * The body as it arrives: reads block until there is more, and the client is slowed down while
   * nothing is read. The first read sends {@code 100 Continue} if the client asked for it. After
   * {@link #bytes} it has the same bytes again.
   *
   * @throws IOException from its reads, as {@link #bytes}
   * @throws IllegalStateException when it was called before, and {@link #bytes} was not
   */
  public InputStream stream() throws IOException {
    return content.stream();
  }

  /** Counts what the handler keeps of {@link #stream} towards {@link Limits#bodiesInMemory}. */
  public MemoryReservation reserveMemory() {
    return content.reserveMemory();
  }

  /** The media type of the body; {@code application/octet-stream} when the client gave none. */
  public MediaType mediaType() {
    return header("Content-Type").map(MediaType::new).orElse(MediaType.OCTET_STREAM);
  }

  /**
   * The whole body as text, in the charset of its media type (UTF-8 by default).
   *
   * @throws HttpException 415 when this JVM does not know the charset
   */
  public String text() throws IOException {
    return new String(bytes(), mediaType().charset());
  }

  /**
   * The whole body, read as JSON; never null.
   *
   * @throws HttpException 415 when its media type is not {@code application/json} or one that ends
   *     in {@code +json} (without a Content-Type it is taken for JSON); 400 when it is no JSON, is
   *     {@code null} or does not fit the class, or breaks a constraint of Jakarta Validation where
   *     that is on the path, with all fields that are wrong
   * @throws IllegalStateException when Jackson cannot map the class: a mistake of the program
   */
  public <T> T json(Class<T> type) throws IOException {
    return JsonBody.readJson(this, type);
  }

  /** As {@link #json(Class)}, for generic types: {@code new TypeReference<List<Tea>>() {}}. */
  public <T> T json(TypeReference<T> type) throws IOException {
    return JsonBody.readJson(this, type.getType());
  }

  /** As {@link #json(Class)}, whatever the body's media type. */
  public <T> T jsonOfAnyMediaType(Class<T> type) throws IOException {
    return JsonBody.readAny(this, type);
  }

  /** As {@link #json(TypeReference)}, whatever the body's media type. */
  public <T> T jsonOfAnyMediaType(TypeReference<T> type) throws IOException {
    return JsonBody.readAny(this, type.getType());
  }

  // ---- copies

  /** This request with something attached to it; it replaces what was attached with this key. */
  public <T> Request with(Attribute<T> key, T value) {
    Arguments.require(key, "attribute");
    var more = new AttributeValue(key, Arguments.require(value, "attribute value"), attributes);
    return new Request(head, content, match, more);
  }

  /** This request with the route that it matched; its pattern is like {@code /users/{id}}. */
  public Request withRoute(String pattern, PathParameters matched) {
    return new Request(head, content, new RouteMatch(pattern, matched), attributes);
  }

  /** This request with other path parameters, for tests of a route's handler. */
  public Request withPath(PathParameters matched) {
    return withRoute(match.pattern(), Arguments.require(matched, "path parameters"));
  }

  /** This request with the field set to one value: it replaces all lines of this name. */
  public Request withHeader(String name, String value) {
    return withHeaders(headers().with(name, value));
  }

  /** This request with one more field line. */
  public Request withAddedHeader(String name, String value) {
    return withHeaders(headers().withAdded(name, value));
  }

  /** This request without the field lines of this name. */
  public Request withoutHeader(String name) {
    return withHeaders(headers().without(Arguments.require(name, "header name")));
  }

  private Request withHeaders(Headers others) {
    return withHead(head.withHeaders(others));
  }

  /**
   * This request with a body in memory, which is not copied: do not change the array afterwards.
   * Its Content-Type is a header like any other.
   */
  public Request withBody(byte[] bytes) {
    RequestContent body = new MemoryContent(Arguments.require(bytes, "body"), content);
    return new Request(head, body, match, attributes);
  }

  /** This request with a text as its body, in UTF-8. */
  public Request withBody(String text) {
    return withBody(Arguments.require(text, "body").getBytes(StandardCharsets.UTF_8));
  }

  /** This request with the scheme that a proxy received: {@code http} or {@code https}. */
  public Request withScheme(String other) {
    return withHead(head.withScheme(Arguments.require(other, "scheme")));
  }

  /** This request with another address of the peer, for a filter that knows a proxy's client. */
  public Request withRemoteAddress(SocketAddress other) {
    return withHead(head.withRemoteAddress(Arguments.require(other, "remote address")));
  }

  /**
   * This request with another authority, for a filter that knows what a proxy was asked for; {@code
   * Host} stays.
   *
   * @throws IllegalArgumentException when it is no host, with or without a port
   */
  public Request withAuthority(String other) {
    return withHead(
        head.withAuthority(Authority.require(Arguments.require(other, "authority"), "authority")));
  }

  /**
   * This request with another {@link #prefix}, for a filter that knows what a proxy has removed.
   *
   * @throws IllegalArgumentException when it is neither empty nor a path without a slash at the end
   */
  public Request withPrefix(String other) {
    return withHead(head.withPrefix(Arguments.require(other, "prefix")));
  }

  private Request withHead(RequestMetadata other) {
    return new Request(other, content, match, attributes);
  }

  /** The request line. */
  @Override
  public String toString() {
    return method() + " " + target() + " " + version();
  }
}
