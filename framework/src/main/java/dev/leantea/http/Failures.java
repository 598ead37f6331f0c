package dev.leantea.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns what handlers throw into responses, as {@link Handler#handle} describes. Any thread. */
public final class Failures {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** Causes may form a cycle. */
  private static final int MAX_CAUSES = 10;

  private Failures() {}

  /**
   * The handler's response, or the one that stands for its failure: what a server answers. For
   * tests that call a handler, and for handlers that call others.
   *
   * @throws ClientGoneException when nobody is there to read a response
   */
  @SuppressWarnings("ConstantValue") // a handler may return null, whatever its signature says
  public static Response call(Handler handler, Request request) throws ClientGoneException {
    try {
      Response response = handler.handle(request);
      return response == null
          ? response(request, new NullPointerException("the handler returned null"))
          : response;
    } catch (Throwable e) {
      Optional<ClientGoneException> gone = clientGone(e);
      if (gone.isPresent()) {
        throw gone.get();
      }
      return response(request, e);
    }
  }

  /**
   * The {@link ClientGoneException} that a handler threw, or that is a cause of what it threw, for
   * readers and writers wrap what they meet. Nobody is there to read a response, and the program is
   * not to blame. Empty for an {@link HttpException}, which is an answer whatever caused it.
   */
  public static Optional<ClientGoneException> clientGone(Throwable failure) {
    return failure instanceof HttpException
        ? Optional.empty()
        : cause(failure, ClientGoneException.class);
  }

  /**
   * Whether the client is to blame for a failure: it is gone, or its request's body cannot be read.
   */
  public static boolean isOfClient(Throwable failure) {
    return clientGone(failure).isPresent() || badBody(failure).isPresent();
  }

  /**
   * The first exception of a type among a failure and its causes, of which the first ten are looked
   * at; empty if there is none.
   */
  public static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  /**
   * The response that stands for a failure: the status and message of an {@link HttpException} or a
   * {@link RequestBodyException}, which is logged at DEBUG; 500 for anything else, which is logged
   * as an error. A {@link RequestBodyException} among the causes counts as one, for readers wrap
   * what they meet ({@link java.io.BufferedReader#lines}).
   */
  public static Response response(Request request, Throwable failure) {
    return switch (failure) {
      case HttpException e -> e.toResponse(request);
      default ->
          badBody(failure)
              .map(cause -> badBody(request, cause))
              .orElseGet(() -> fault(request, failure));
    };
  }

  private static Optional<RequestBodyException> badBody(Throwable failure) {
    return cause(failure, RequestBodyException.class);
  }

  private static Response badBody(Request request, RequestBodyException cause) {
    LOG.log(Level.DEBUG, () -> "bad body: " + line(request) + ": " + cause.reason());
    return new HttpException(cause.status(), cause.reason())
        .toResponse(request)
        .header("Connection", "close");
  }

  private static Response fault(Request request, Throwable failure) {
    LOG.log(Level.ERROR, "handler failed: " + line(request), failure);
    return new HttpException(500, "internal server error").toResponse(request);
  }

  private static String line(Request request) {
    return request.method() + " " + request.path();
  }
}
