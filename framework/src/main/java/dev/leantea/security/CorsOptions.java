package dev.leantea.security;

import dev.leantea.http.Headers;
import java.time.Duration;
import java.util.List;

/** What pages of other origins may send and read. */
record CorsOptions(
    boolean credentials,
    List<String> methods,
    List<String> requestHeaders,
    List<String> exposedHeaders,
    Duration maxAge) {
  static final CorsOptions DEFAULTS =
      new CorsOptions(
          false,
          List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
          List.of("Content-Type", "Authorization"),
          List.of(),
          Duration.ofHours(1));

  CorsOptions {
    requestHeaders.forEach(Headers::requireName);
    exposedHeaders.forEach(Headers::requireName);
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("cors max age: expected 0 or more, got " + maxAge);
    }
  }

  CorsOptions withCredentials() {
    return new CorsOptions(true, methods, requestHeaders, exposedHeaders, maxAge);
  }

  CorsOptions withMethods(List<String> others) {
    return new CorsOptions(credentials, others, requestHeaders, exposedHeaders, maxAge);
  }

  CorsOptions withRequestHeaders(List<String> others) {
    return new CorsOptions(credentials, methods, others, exposedHeaders, maxAge);
  }

  CorsOptions withExposedHeaders(List<String> others) {
    return new CorsOptions(credentials, methods, requestHeaders, others, maxAge);
  }

  CorsOptions withMaxAge(Duration other) {
    return new CorsOptions(credentials, methods, requestHeaders, exposedHeaders, other);
  }
}
