package dev.leantea.security;

import dev.leantea.http.Headers;
import dev.leantea.http.Response;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of CORS, made once for each origin. */
final class CorsFields {
  private static final String ANY = "*";
  private static final Headers VARY = Headers.of("Vary", "Origin");

  /** By origin, as browsers write it; for any origin there is one entry. */
  private final Map<String, Headers> responses = new HashMap<>();

  private final Map<String, Response> preflights = new HashMap<>();
  private final boolean any;

  /**
   * @param origins empty for any
   */
  CorsFields(Set<String> origins, CorsOptions options) {
    this.any = origins.isEmpty();
    for (String origin : any ? Set.of(ANY) : origins) {
      responses.put(origin, response(origin, options));
      preflights.put(origin, preflight(origin, options));
    }
  }

  private static Headers allow(String origin, CorsOptions options) {
    Headers allowed = Headers.of("Access-Control-Allow-Origin", origin);
    return options.credentials()
        ? allowed.with("Access-Control-Allow-Credentials", "true")
        : allowed;
  }

  private static Headers response(String origin, CorsOptions options) {
    Headers allowed = allow(origin, options);
    return options.exposedHeaders().isEmpty()
        ? allowed
        : allowed.with(
            "Access-Control-Expose-Headers", String.join(", ", options.exposedHeaders()));
  }

  private Response preflight(String origin, CorsOptions options) {
    return vary(
        Response.empty(204)
            .headersIfAbsent(allow(origin, options))
            .header("Access-Control-Allow-Methods", String.join(", ", options.methods()))
            .header("Access-Control-Allow-Headers", String.join(", ", options.requestHeaders()))
            .header("Access-Control-Max-Age", Long.toString(options.maxAge().toSeconds())));
  }

  /** The fields of a response that a page of this origin may read; empty if it may not. */
  Optional<Headers> response(String origin) {
    return Optional.ofNullable(responses.get(any ? ANY : origin));
  }

  /** The answer to a preflight request; empty if a page of this origin may not read responses. */
  Optional<Response> preflight(String origin) {
    return Optional.ofNullable(preflights.get(any ? ANY : origin));
  }

  /**
   * Responses depend on the origin, those to requests without one too: a cache must not give the
   * one in place of the other (Fetch §3.3.5).
   */
  Response vary(Response response) {
    if (any || variesByOrigin(response.headers())) {
      return response;
    }
    return response.headers().contains("Vary")
        ? response.addHeader("Vary", "Origin")
        : response.headersIfAbsent(VARY);
  }

  private static boolean variesByOrigin(Headers headers) {
    for (int i = 0, size = headers.size(); i < size; i++) {
      if (headers.named(i, "Vary")) {
        for (String name : headers.value(i).toLowerCase(Locale.ROOT).split(",", -1)) {
          if (name.strip().equals("origin") || name.strip().equals(ANY)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
