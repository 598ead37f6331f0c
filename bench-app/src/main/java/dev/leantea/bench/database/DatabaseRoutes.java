package dev.leantea.bench.database;

import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;

/**
 * The routes {@code /db}, {@code /queries?n=}, {@code /updates?n=} and {@code /fortunes} as the
 * TechEmpower Framework Benchmarks define them. The handlers block, and nothing is declared.
 */
public final class DatabaseRoutes {
  private static final int MAX_ROWS = 500;

  private DatabaseRoutes() {}

  /** Adds the routes. */
  public static void add(Router.Builder routes, Database database) {
    routes
        .get("/db", _ -> Response.jsonObj(200, database.world()))
        .get("/queries", request -> Response.jsonObj(200, database.worlds(count(request))))
        .get("/updates", request -> Response.jsonObj(200, database.updatedWorlds(count(request))))
        .get("/fortunes", _ -> Response.html(200, Fortune.page(database.fortunes())));
  }

  /** The benchmark's rule: whatever is no number, or less than 1, is 1; more than 500 is 500. */
  private static int count(Request request) {
    try {
      return Math.clamp(Long.parseLong(request.query("n").orElse("")), 1, MAX_ROWS);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
