package dev.leantea.websocket;

import dev.leantea.http.Origin;
import dev.leantea.http.Request;
import java.util.List;
import java.util.Set;

/** Decides by {@link Origins}. */
final class OriginCheck {
  private OriginCheck() {}

  /** Whether the request comes from an allowed page, or from no page. */
  static boolean allows(Origins allowed, Request request) {
    List<String> origins = request.headers().all("Origin");
    return origins.isEmpty()
        || (origins.size() == 1
            && switch (allowed) {
              case Origins.Same() -> Origin.isOf(origins.getFirst(), request.authority());
              case Origins.Any() -> true;
              case Origins.Listed(Set<String> values) ->
                  values.contains(Origin.normalize(origins.getFirst()));
            });
  }
}
