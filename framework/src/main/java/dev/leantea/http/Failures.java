package dev.leantea.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Turns what handlers throw into responses, as {@link Handler#handle} describes. Any thread. */
public final class Failures {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private Failures() {}

  /**
   * The handler's response, or the one that stands for its failure.
   *
   * @throws ClientGoneException when nobody is there to read a response
   */
  @SuppressWarnings("ConstantValue") // a handler may return null, whatever its signature says
  static Response call(Handler handler, Request request) throws ClientGoneException {
    try {
      Response response = handler.handle(request);
      return response == null
          ? response(request, new NullPointerException("the handler returned null"))
          : response;
    } catch (ClientGoneException e) {
      throw e;
    } catch (Throwable e) {
      return response(request, e);
    }
  }

  /**
   * The response that stands for a failure: the status and message of an {@link HttpException} or a
   * {@link RequestBodyException}; 500 for anything else, which is logged.
   */
  public static Response response(Request request, Throwable failure) {
    return switch (failure) {
      case HttpException e -> e.toResponse(request);
      case RequestBodyException e ->
          new HttpException(e.status(), e.reason())
              .toResponse(request)
              .header("Connection", "close");
      default -> {
        LOG.log(Level.ERROR, "handler failed: " + request.method() + " " + request.path(), failure);
        yield new HttpException(500, "internal server error").toResponse(request);
      }
    };
  }
}
