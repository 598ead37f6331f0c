package dev.leantea.exchange;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.Failures;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls a handler, and turns whatever it throws into a response. */
final class Invocation {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private Invocation() {}

  /** Like {@link #call(Handler, Request)}; what the body holds counts until the handler returns. */
  static Response call(Handler handler, Request request, @Nullable IncomingBody body) {
    if (body == null) {
      return call(handler, request);
    }
    body.handlerBegins();
    try {
      return call(handler, request);
    } finally {
      body.handlerReturned();
    }
  }

  /** The handler's response, or the one that stands for its failure. Throws nothing. */
  @SuppressWarnings("ConstantValue") // a handler may return null, whatever its signature says
  private static Response call(Handler handler, Request request) {
    try {
      Response response = handler.handle(request);
      if (response == null) {
        return failed(request, new NullPointerException("the handler returned null"));
      }
      return response;
    } catch (Throwable e) {
      return failed(request, e);
    }
  }

  /** The response to a failure: an answer's own status, or 500 and a line in the log. */
  static Response failed(Request request, Throwable cause) {
    Optional<ClientGoneException> gone = Failures.clientGone(cause);
    if (gone.isEmpty()) {
      return Failures.response(request, cause);
    }
    LOG.log(Level.DEBUG, () -> "client gone: " + line(request) + ": " + gone.get().getMessage());
    return Response.empty(500); // nobody is there to read it
  }

  /** A body that broke off after its head was sent: the client sees an aborted connection. */
  static void logBroken(Request request, Throwable cause) {
    boolean isIo = cause instanceof IOException || cause instanceof UncheckedIOException;
    Level level = isIo || Failures.isOfClient(cause) ? Level.DEBUG : Level.ERROR;
    LOG.log(level, "body broke off: " + line(request), cause);
  }

  private static String line(Request request) {
    return request.method() + " " + request.path();
  }
}
