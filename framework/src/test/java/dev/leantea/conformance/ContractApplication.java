package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;

import dev.leantea.http.Cookie;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.type.TypeReference;

/** The application that the suites talk to: every kind of handler, body and failure. */
public final class ContractApplication {
  private ContractApplication() {}

  public static Handler routes() {
    Router.Builder routes = Router.builder();
    addPlain(routes);
    addBodies(routes);
    addAccessors(routes);
    addFailures(routes);
    return routes.build();
  }

  private static void addPlain(Router.Builder routes) {
    routes
        .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
        .get("/health/blocking", _ -> Response.text(200, "ok"))
        .get("/json", nonBlocking(_ -> Response.jsonObj(200, Map.of("message", "Hello, World!"))))
        .get("/users/{id}", request -> Response.jsonObj(200, Map.of("id", request.path("id"))))
        .get("/files/{path...}", request -> Response.text(200, request.path("path")))
        .get("/headers", request -> Response.jsonObj(200, headers(request)))
        .get(
            "/target",
            request -> Response.text(200, request.path() + "\n" + request.target().raw()))
        .get("/remote", request -> Response.text(200, request.remoteAddress().toString()))
        .route(Method.QUERY, "/search", request -> Response.text(200, "found " + request.text()))
        .route(Method.of("PURGE"), "/cache", nonBlocking(_ -> Response.empty(204)))
        .get("/sleep/{millis}", ContractApplication::sleep)
        .get("/empty", _ -> Response.empty(204))
        .get("/not-modified", _ -> Response.empty(304))
        .get("/redirect", _ -> Response.redirect(303, "/health"))
        .get("/cookies", _ -> cookies())
        .get("/close", _ -> Response.text(200, "bye").header("Connection", "close"));
  }

  private static void addAccessors(Router.Builder routes) {
    routes
        .get("/request/{id}", ContractApplication::request)
        .post("/json", request -> Response.jsonObj(200, request.json(Tea.class)))
        .post("/json/list", request -> Response.jsonObj(200, request.json(TEAS)))
        .post("/json/any", request -> Response.jsonObj(200, request.jsonOfAnyMediaType(Tea.class)))
        .post("/json/unmappable", request -> Response.jsonObj(200, request.json(Unmappable.class)))
        .get("/fail/fields", _ -> failWith(missingFields()))
        .post("/body/twice", ContractApplication::bodyTwice)
        .post("/body/twice/nonblocking", nonBlocking(ContractApplication::bodyTwice))
        .post("/body/streamed-before", ContractApplication::streamedBefore);
  }

  private static void addBodies(Router.Builder routes) {
    routes
        .get("/echo", request -> Response.text(200, request.query("msg").orElse("")))
        .post("/echo", request -> Response.bytes(200, request.mediaType(), request.bytes()))
        .post(
            "/echo/nonblocking",
            nonBlocking(request -> Response.bytes(200, request.mediaType(), request.bytes())))
        .post("/echo/stream", ContractApplication::echoStream)
        .post("/ignore", _ -> Response.text(200, "not read"))
        .post("/ignore/nonblocking", nonBlocking(_ -> Response.text(200, "not read")))
        .get("/bytes/{count}", ContractApplication::bytes)
        .get("/stream/{count}", ContractApplication::stream)
        .get("/stream/exact/{count}", ContractApplication::exact);
  }

  private static void addFailures(Router.Builder routes) {
    routes
        .get("/stream/broken", _ -> Response.stream(200, MediaType.TEXT, ContractApplication::fail))
        .get("/stream/short", _ -> Response.stream(200, MediaType.TEXT, 10, out -> begin(out)))
        .get("/fail", _ -> failWith(new IllegalStateException("secret")))
        .get("/fail/nonblocking", nonBlocking(_ -> failWith(new IllegalStateException("secret"))))
        .get("/fail/error", _ -> failWith(new StackOverflowError()))
        .get("/fail/http", _ -> failWith(new HttpException(418, "short and stout")))
        .get("/fail/null", _ -> nothing());
  }

  private static Response cookies() {
    return Response.empty(200)
        .cookie(Cookie.of("__Host-a", "1").path("/").secure().httpOnly())
        .cookie(Cookie.of("b", "2").maxAge(Duration.ofHours(1)))
        .addHeader("Vary", "Accept")
        .addHeader("Vary", "Cookie")
        .header("Cache-Control", "no-store")
        .header("Cache-Control", "private");
  }

  private record Tea(String name, int minutes) {}

  private interface Unmappable {}

  private static final TypeReference<List<Tea>> TEAS = new TypeReference<>() {};

  private static HttpException missingFields() {
    return HttpException.of(422, "the order is not complete")
        .field("age", "expected a number, got abc")
        .detail("code", 7)
        .header("Retry-After", "60");
  }

  private static Response request(Request request) {
    return Response.jsonObj(
        200,
        List.of(
            request.scheme(),
            request.authority(),
            request.path(),
            request.route(),
            request.path("id"),
            request.cookie("a").orElse("none"),
            request.query("n", Integer.class).orElse(-1)));
  }

  /** The whole body, then the same as a stream. */
  private static Response bodyTwice(Request request) throws IOException {
    String whole = request.text();
    String again = new String(request.stream().readAllBytes(), StandardCharsets.UTF_8);
    return Response.text(200, whole + " " + again + " " + request.text());
  }

  /** The stream, and then what the whole body says. */
  private static Response streamedBefore(Request request) throws IOException {
    int length = request.stream().readAllBytes().length;
    try {
      return Response.text(200, length + " bytes, then " + request.bytes().length);
    } catch (IllegalStateException e) {
      return Response.text(200, length + " bytes, then " + e.getMessage());
    }
  }

  private static Response echoStream(Request request) throws Exception {
    byte[] body = request.stream().readAllBytes();
    return Response.bytes(200, request.mediaType(), body);
  }

  private static List<String> headers(Request request) {
    return StreamSupport.stream(request.headers().spliterator(), false)
        .map(Object::toString)
        .collect(Collectors.toList());
  }

  private static Response sleep(Request request) throws InterruptedException {
    Thread.sleep(Long.parseLong(request.path("millis")));
    return Response.text(200, "slept");
  }

  private static Response bytes(Request request) {
    return Response.bytes(200, MediaType.OCTET_STREAM, pattern(count(request)));
  }

  private static Response stream(Request request) {
    byte[] content = pattern(count(request));
    return Response.stream(200, MediaType.OCTET_STREAM, out -> out.write(content));
  }

  private static Response exact(Request request) {
    byte[] content = pattern(count(request));
    return Response.stream(200, MediaType.OCTET_STREAM, content.length, out -> out.write(content));
  }

  private static void begin(java.io.OutputStream out) throws java.io.IOException {
    out.write('x');
    out.flush();
  }

  private static void fail(java.io.OutputStream out) throws java.io.IOException {
    out.write("partial".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    throw new IllegalStateException("the writer broke on purpose");
  }

  private static Response failWith(Throwable cause) throws Exception {
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }

  @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a handler written elsewhere may do
  private static Response nothing() {
    return null;
  }

  private static int count(Request request) {
    return Integer.parseInt(request.path("count"));
  }

  /** Bytes that depend on their index, so that lost or mixed ones are seen. */
  public static byte[] pattern(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8) * 17);
    }
    return bytes;
  }
}
