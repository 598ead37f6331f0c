package dev.leantea.session;

import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps cookies between requests to a handler in memory. */
final class Browser {
  private final Handler application;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Browser(Handler application) {
    this.application = application;
  }

  Response get(String path) throws Exception {
    Request request = Request.of(Method.GET, path);
    Response response =
        application.handle(
            cookies.isEmpty()
                ? request
                : request.withHeader(
                    "Cookie",
                    cookies.entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .collect(Collectors.joining("; "))));
    response.headers().all("Set-Cookie").forEach(this::keep);
    return response;
  }

  private void keep(String line) {
    String pair = line.split(";", 2)[0];
    String name = pair.substring(0, pair.indexOf('='));
    if (line.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(name.length() + 1));
    }
  }

  /** The value of a cookie; empty when there is none. */
  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  Browser with(String name, String value) {
    cookies.put(name, value);
    return this;
  }
}
