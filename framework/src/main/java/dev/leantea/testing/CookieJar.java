package dev.leantea.testing;

import dev.leantea.http.Headers;
import dev.leantea.http.PercentEncoding;
import dev.leantea.http.Request;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The cookies of one client. As browsers do with {@code localhost}, it returns {@code Secure}
 * cookies without TLS too.
 */
final class CookieJar {
  private final CookieManager manager = new CookieManager();

  void keep(Request request, Headers response) throws IOException {
    List<String> lines = response.all("Set-Cookie");
    if (!lines.isEmpty()) {
      manager.put(uri(request), Map.of("Set-Cookie", lines));
    }
  }

  /** The request with the cookies that belong to its path, behind those that it has. */
  Request withCookies(Request request) throws IOException {
    List<String> cookies = manager.get(uri(request), Map.of()).getOrDefault("Cookie", List.of());
    if (cookies.isEmpty()) {
      return request;
    }
    String own = request.header("Cookie").map(it -> it + "; ").orElse("");
    return request.withHeader("Cookie", own + String.join("; ", cookies));
  }

  void clear() {
    manager.getCookieStore().removeAll();
  }

  private static URI uri(Request request) {
    String path = request.path().startsWith("/") ? request.path() : "/";
    return URI.create("https://localhost" + PercentEncoding.encodeReference(path));
  }
}
