package dev.leantea.bench.serve;

import dev.leantea.http.Body;
import dev.leantea.http.Headers;
import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The proxy example: {@code POST /v1/chat/completions} goes to an upstream that has the same
 * interface, and its answer comes back as it arrives, token by token.
 *
 * <ul>
 *   <li>A client has left: the next write fails, and the connection to the upstream is closed. A
 *       silent event stream gets comments, so that this is noticed then too.
 *   <li>A slow client: the write waits, and no more is read from the upstream.
 *   <li>The upstream cannot be reached: 502. It does not answer in time: 504. It breaks off: so
 *       does the answer. Its own errors are passed on.
 * </ul>
 */
final class ProxyRoutes {
  static final String PATH = "/v1/chat/completions";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Until the head of the answer; a model may think before its first word. */
  private static final Duration HEAD_TIMEOUT = Duration.ofMinutes(5);

  /** Below the idle timeout of usual proxies, which is a minute. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** RFC 9110 §7.6.3: protocol and pseudonym. */
  private static final String VIA = "1.1 leantea";

  /** Of one connection, by RFC 9110 §7.6.1 and by older custom; or of the message that is made. */
  private static final Set<String> NOT_FORWARDED =
      Set.of(
          ("connection content-length expect host keep-alive proxy-authenticate proxy-authorization"
                  + " proxy-connection te trailer transfer-encoding upgrade")
              .split(" ", -1));

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final URI target;
  private final Duration heartbeat;

  private ProxyRoutes(URI upstream, Duration heartbeat) {
    String scheme = String.valueOf(upstream.getScheme());
    if ((!scheme.equals("http") && !scheme.equals("https")) || upstream.getHost() == null) {
      throw new IllegalArgumentException(
          "upstream: expected http://HOST[:PORT] or https://HOST[:PORT], got " + upstream);
    }
    this.target = URI.create(upstream.toString().replaceFirst("/$", "") + PATH);
    this.heartbeat = heartbeat;
  }

  /**
   * Adds the route.
   *
   * @param upstream its scheme, host, port and, if it has one, the path in front of {@value #PATH}
   * @throws IllegalArgumentException when it is no such URL
   */
  static void add(Router.Builder routes, URI upstream) {
    add(routes, upstream, HEARTBEAT);
  }

  /** The same with another time of silence after which an event stream gets a comment. */
  static void add(Router.Builder routes, URI upstream, Duration heartbeat) {
    routes.post(PATH, new ProxyRoutes(upstream, heartbeat)::forward);
  }

  private Response forward(Request request) throws IOException, InterruptedException {
    HttpRequest forwarded = forwarded(request);
    try {
      return answer(client.send(forwarded, BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      boolean late =
          e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException);
      throw late
          ? new HttpException(504, "the upstream did not answer in time", e)
          : new HttpException(502, "the upstream is not there, or broke off", e);
    }
  }

  private HttpRequest forwarded(Request request) throws IOException {
    var forwarded =
        HttpRequest.newBuilder(target)
            .timeout(HEAD_TIMEOUT)
            .POST(BodyPublishers.ofByteArray(request.bytes()));
    for (Headers.Field field : endToEnd(request.headers())) {
      forwarded.header(field.name(), field.value());
    }
    return forwarded.header("Via", VIA).build();
  }

  private Response answer(HttpResponse<InputStream> upstream) throws IOException {
    InputStream body = upstream.body();
    try {
      Headers headers = headers(upstream);
      Response response = Response.empty(upstream.statusCode());
      for (Headers.Field field : endToEnd(headers)) {
        response = response.addHeader(field.name(), field.value());
      }
      return withBody(response.addHeader("Via", VIA), headers, body);
    } catch (IllegalArgumentException e) {
      body.close();
      throw new HttpException(502, "the upstream's answer is malformed", e);
    }
  }

  private static Headers headers(HttpResponse<?> answer) {
    var fields = new ArrayList<Headers.Field>();
    var lines = answer.headers().map();
    lines.forEach((name, values) -> values.forEach(it -> fields.add(new Headers.Field(name, it))));
    return Headers.of(fields);
  }

  /** The header lines that are meant for the other end. */
  private static List<Headers.Field> endToEnd(Headers headers) {
    // RFC 9110 §7.6.1: a name in the Connection field is meant for this connection.
    Set<String> named =
        headers.all("Connection").stream()
            .flatMap(
                line -> Stream.of(line.toLowerCase(Locale.ROOT).strip().split("\\s*,\\s*", -1)))
            .collect(Collectors.toSet());
    return StreamSupport.stream(headers.spliterator(), false)
        .filter(field -> !NOT_FORWARDED.contains(field.name().toLowerCase(Locale.ROOT)))
        .filter(field -> !named.contains(field.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private Response withBody(Response response, Headers headers, InputStream body) {
    if (response.status() == 204 || response.status() == 304) {
      return response.onClose(body);
    }
    OptionalLong length =
        headers.first("Content-Length").stream().mapToLong(Long::parseLong).findFirst();
    boolean comments = takesComments(headers);
    return response
        .withBody(
            new Body.Stream(out -> new TokenRelay(body, out, heartbeat, comments).run(), length))
        .onClose(body); // it may not be written at all: to HEAD, or to a client that has left
  }

  /** Whether comments can be put between events: not into a length, nor into a compressed body. */
  private static boolean takesComments(Headers headers) {
    return headers
            .first("Content-Type")
            .filter(type -> new MediaType(type).matches(MediaType.EVENT_STREAM))
            .isPresent()
        && !headers.contains("Content-Encoding")
        && !headers.contains("Content-Length");
  }
}
