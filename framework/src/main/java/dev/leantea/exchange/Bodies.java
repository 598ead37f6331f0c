package dev.leantea.exchange;

import dev.leantea.http.Body;
import dev.leantea.http.HttpException;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.http.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What may follow a response's head, and on which thread. */
final class Bodies {
  private Bodies() {}

  /** RFC 9110 §6.4.1: no body after HEAD, 204, 304. */
  static boolean mayFollow(Request request, Response response) {
    return !request.method().equals(Method.HEAD) && !Status.isBodiless(response.status());
  }

  /** Whether sending the response may have to wait for the client or for a file. */
  static boolean mayBlock(Request request, Response response) {
    return switch (response.body()) {
      case Body.Bytes _ -> false;
      case Body.Stream _, Body.File _ -> mayFollow(request, response);
      case Body.Upgrade _ -> true;
    };
  }

  /**
   * RFC 9110 §7.8: only to a protocol that the client asks for, not in HTTP/1.0, and not before the
   * whole request is here; RFC 8441: in HTTP/2 with extended CONNECT.
   */
  static void requireUpgradable(Request request, String protocol, @Nullable IncomingBody body)
      throws IOException {
    if (request.version() == HttpVersion.HTTP_1_0) {
      throw new HttpException(400, "upgrade: expected HTTP/1.1, got HTTP/1.0");
    }
    if (!lists(request, "Upgrade", protocol) || !lists(request, "Connection", "upgrade")) {
      throw request.version() == HttpVersion.HTTP_1_1
          ? HttpException.of(
                  426, "upgrade: expected Upgrade: " + protocol + " and Connection: upgrade")
              .header("Upgrade", protocol)
          : new HttpException(400, "upgrade: expected CONNECT with :protocol " + protocol);
    }
    if (body != null && !body.isConsumed()) {
      body.bytes();
    }
  }

  private static boolean lists(Request request, String name, String element) {
    return request.headers().elements(name).stream().anyMatch(element::equalsIgnoreCase);
  }
}
