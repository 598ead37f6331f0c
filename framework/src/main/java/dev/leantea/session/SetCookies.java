package dev.leantea.session;

import dev.leantea.http.Cookie;
import dev.leantea.http.Headers;
import dev.leantea.http.Response;
import java.util.List;

/** The cookies that a response sets. */
final class SetCookies {
  private SetCookies() {}

  /** Whether a cookie of this name is set. */
  static boolean has(Response response, String name) {
    Headers headers = response.headers();
    for (int i = 0, size = headers.size(); i < size; i++) {
      if (headers.named(i, "Set-Cookie") && names(headers.value(i), name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(String line, String name) {
    return line.startsWith(name)
        && line.length() > name.length()
        && line.charAt(name.length()) == '=';
  }

  /** Sets a cookie in place of one of its name: a response sets each once (RFC 6265 §4.1.1). */
  static Response replace(Response response, Cookie cookie) {
    if (!has(response, cookie.name())) {
      return response.cookie(cookie);
    }
    List<String> lines = response.headers().all("Set-Cookie");
    Response changed = response.withoutHeader("Set-Cookie");
    for (String line : lines) {
      if (!names(line, cookie.name())) {
        changed = changed.addHeader("Set-Cookie", line);
      }
    }
    return changed.cookie(cookie);
  }
}
