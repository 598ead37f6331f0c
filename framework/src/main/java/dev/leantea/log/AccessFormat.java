package dev.leantea.log;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.Request;
import java.time.Instant;
import java.util.function.Function;

/** How an exchange becomes a line of the access log. Called by one thread. */
@FunctionalInterface
public interface AccessFormat {
  /**
   * The line, without a line break.
   *
   * @param end when the exchange ended
   */
  String line(CompletedExchange exchange, Instant end);

  /** Whether requests are to have an id before their handlers get them; see {@link RequestIds}. */
  default boolean needsIds() {
    return false;
  }

  /** The common log format: client, time of the request, request line, status, bytes. */
  static AccessFormat common() {
    return common(TextFormat::peer);
  }

  /**
   * The common log format.
   *
   * @param client names the client of a request, for a server behind proxies
   */
  static AccessFormat common(Function<Request, String> client) {
    return new TextFormat(client, false);
  }

  /** The combined log format: the common one, with {@code Referer} and {@code User-Agent}. */
  static AccessFormat combined() {
    return combined(TextFormat::peer);
  }

  /** As {@link #common(Function)}, for the combined log format. */
  static AccessFormat combined(Function<Request, String> client) {
    return new TextFormat(client, true);
  }

  /**
   * A JSON object: {@code time}, {@code id}, {@code client}, {@code method}, {@code target}, {@code
   * protocol}, {@code route}, {@code status}, {@code bytes} of the body, {@code micros} from head
   * to end, {@code outcome}, {@code reason}, {@code referer}, {@code userAgent}; without those that
   * there are not.
   */
  static AccessFormat json() {
    return json(TextFormat::peer);
  }

  /** As {@link #common(Function)}, for JSON. */
  static AccessFormat json(Function<Request, String> client) {
    return new JsonFormat(client);
  }
}
