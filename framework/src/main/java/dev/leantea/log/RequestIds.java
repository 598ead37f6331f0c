package dev.leantea.log;

import dev.leantea.http.Attribute;
import dev.leantea.http.Body;
import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An id for each request: the one in its {@code X-Request-Id}, if that is valid, or a new one. It
 * is in the response, in the JSON access log, and in {@link #current} while the handler runs:
 *
 * <pre>{@code
 * Handler application = RequestIds.filter().apply(router);
 * …
 * LOG.log(Level.INFO, "{0} sold out", RequestIds.current().orElse("-"));
 * }</pre>
 *
 * <p>Valid are 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}: nothing that could
 * forge a line of a log.
 */
public final class RequestIds {
  /** The field of request and response. */
  public static final String HEADER = "X-Request-Id";

  private static final int MAX_CHARS = 64;

  private static final HexFormat HEX = HexFormat.of();

  private static final Attribute<String> ID = Attribute.of("request id");

  private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

  private RequestIds() {}

  /**
   * The id of the request that this thread answers; empty outside of the filter. Bound by a {@link
   * ScopedValue}: subtasks of a structured task scope see it too, other threads do not.
   */
  public static Optional<String> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** A filter that sets the field of the response, and {@link #current} for what is behind it. */
  public static Filter filter() {
    return new Identifying();
  }

  /** The id that an access log has given to a request; empty if none has. */
  static Optional<String> of(Request request) {
    return request.attribute(ID);
  }

  /** The request with an id. */
  static Request identified(Request request) {
    return request.with(ID, takenOrNew(request));
  }

  private static String takenOrNew(Request request) {
    return request.header(HEADER).filter(RequestIds::isValid).orElseGet(RequestIds::random);
  }

  /** 96 bits: unique, but no secret. */
  private static String random() {
    var random = ThreadLocalRandom.current();
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextInt());
  }

  private static boolean isValid(String id) {
    return !id.isEmpty() && id.length() <= MAX_CHARS && id.chars().allMatch(RequestIds::isPlain);
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  private static final class Identifying implements Filter {
    @Override
    public Handler wrap(Handler next) {
      return request -> {
        String id =
            request.attribute(ID).or(RequestIds::current).orElseGet(() -> takenOrNew(request));
        Response response = ScopedValue.where(CURRENT, id).call(() -> next.handle(request));
        return scoped(response, id).header(HEADER, id);
      };
    }

    @Override
    public Execution execution() {
      return Execution.NON_BLOCKING;
    }

    /** What writes the body later sees the id as well. */
    private static Response scoped(Response response, String id) {
      return switch (response.body()) {
        case Body.Stream(var writer, var length) ->
            response.withBody(new Body.Stream(out -> bound(id, () -> writer.writeTo(out)), length));
        case Body.Upgrade(String protocol, var handler) ->
            response.withBody(
                new Body.Upgrade(
                    protocol, connection -> bound(id, () -> handler.handle(connection))));
        case Body.Bytes _, Body.File _ -> response;
      };
    }

    private interface Task {
      void run() throws Exception;
    }

    private static void bound(String id, Task task) throws Exception {
      var _ =
          ScopedValue.where(CURRENT, id)
              .call(
                  () -> {
                    task.run();
                    return id;
                  });
    }
  }
}
