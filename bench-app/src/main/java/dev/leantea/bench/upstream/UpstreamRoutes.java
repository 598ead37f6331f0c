package dev.leantea.bench.upstream;

import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.time.Duration;

/**
 * Routes that ask another server.
 *
 * <ul>
 *   <li>{@code GET /upstream} asks the upstream's own URL.
 *   <li>{@code POST /v1/chat/completions} goes to an upstream that has the same interface, and its
 *       answer comes back as it arrives, token by token.
 * </ul>
 *
 * <p>What becomes of them:
 *
 * <ul>
 *   <li>A client has left: the next write fails, and the connection to the upstream is closed. A
 *       silent event stream gets comments, so that this is noticed then too.
 *   <li>A slow client: the write waits, and no more is read from the upstream.
 *   <li>The upstream cannot be reached: 502. It does not answer in time: 504. It breaks off: so
 *       does the answer. Its own errors are passed on.
 * </ul>
 *
 * @param timeout of an answer to GET
 * @param tokenTimeout of the head of a token stream, and between two of its tokens
 * @param heartbeat of silence, after which an event stream gets a comment
 */
public record UpstreamRoutes(
    Upstream upstream, Duration timeout, Duration tokenTimeout, Duration heartbeat) {
  /** Where a request is passed on to the upstream's URL. */
  public static final String GET_PATH = "/upstream";

  /** Of the token streams, here and at the upstream. */
  public static final String POST_PATH = "/v1/chat/completions";

  /** Below the idle timeout of usual proxies, which is a minute. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** A model may think before its first word. */
  private static final Duration TOKEN_TIMEOUT = Duration.ofMinutes(5);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Routes with the usual times. */
  public UpstreamRoutes(Upstream upstream) {
    this(upstream, TIMEOUT, TOKEN_TIMEOUT, HEARTBEAT);
  }

  public void add(Router.Builder routes) {
    routes.get(GET_PATH, this::get).post(POST_PATH, this::post);
  }

  private Response get(Request request) throws IOException {
    return upstream.get(request.headers(), timeout).response(heartbeat);
  }

  private Response post(Request request) throws IOException {
    return upstream
        .post(POST_PATH, request.headers(), request.bytes(), tokenTimeout)
        .response(heartbeat);
  }
}
