package dev.leantea.sse;

import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Server-sent events:
 *
 * <pre>{@code
 * .get("/clock", request -> Sse.events(events -> {
 *   while (true) {
 *     events.send(Instant.now().toString());
 *     Thread.sleep(1000);
 *   }
 * }))
 * }</pre>
 *
 * <p>The loop ends by itself: when the client has left, {@code send} throws; when the server
 * drains, the handler's thread is interrupted, {@code send} throws, and the client sees a proper
 * end.
 */
public final class Sse {
  /** The default heartbeat: below the idle timeout of usual proxies, which is a minute. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private Sse() {}

  /**
   * A response that streams events, with {@code Cache-Control: no-store} and, for nginx and its
   * like, {@code X-Accel-Buffering: no}: no cache keeps it, and no proxy gathers it.
   */
  public static Response events(EventHandler handler) {
    return events(HEARTBEAT, handler);
  }

  /**
   * As {@link #events(EventHandler)}.
   *
   * @param heartbeat time without an event after which a comment is sent; more than 0
   */
  public static Response events(Duration heartbeat, EventHandler handler) {
    if (!heartbeat.isPositive()) {
      throw new IllegalArgumentException("heartbeat: expected more than 0, got " + heartbeat);
    }
    return Response.stream(
            200,
            MediaType.EVENT_STREAM,
            out -> {
              try {
                Events.run(out, heartbeat, handler);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var interrupted = new InterruptedIOException("interrupted while sending events");
                interrupted.initCause(e);
                throw interrupted;
              }
            })
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no");
  }

  /**
   * The id of the last event that the client saw before it connected again. Browsers send it in
   * UTF-8 (HTML, section "Server-sent events"), unlike other header fields.
   */
  public static Optional<String> lastEventId(Request request) {
    return request
        .header("Last-Event-ID")
        .map(id -> new String(id.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
  }
}
