package dev.leantea.bench.serve;

import static dev.leantea.http.Handler.nonBlocking;

import dev.leantea.bench.Resources;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Event;
import dev.leantea.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The live page, what it loads, and the stream of figures that it shows. */
final class DashboardRoutes {
  /** A page that gets "off" tries again after this time: the server may have been restarted. */
  private static final Duration RETRY_OFF = Duration.ofSeconds(5);

  /** Nothing from elsewhere, and no script or style inside the page. */
  private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'";

  private static final String PAGE = Resources.text(DashboardRoutes.class, "index.html");

  private static final String LINKS = "<!-- links -->";

  private DashboardRoutes() {}

  /**
   * Adds the routes, and with a dashboard the filter that counts: it applies to these and to all
   * routes that are added later.
   */
  static void add(Router.Builder routes, Optional<Dashboard> dashboard) {
    dashboard.ifPresent(routes::filter);
    routes
        .get("/dashboard.css", resource("dashboard.css"))
        .get("/dashboard.js", resource("dashboard.js"))
        .get("/favicon.svg", resource("favicon.svg"))
        .get("/dashboard/events", _ -> dashboard.map(Dashboard::events).orElseGet(() -> off()));
  }

  private static Response off() {
    return Sse.events(events -> events.send(Event.of("off").event("off").retry(RETRY_OFF)));
  }

  /**
   * The page itself.
   *
   * @param links elements to put into it, each HTML
   */
  static Response page(List<String> links) {
    String list = links.stream().map("<li>%s</li>"::formatted).collect(Collectors.joining("\n"));
    byte[] page = PAGE.replace(LINKS, list).getBytes(StandardCharsets.UTF_8);
    return resource(MediaType.HTML, page);
  }

  private static Handler resource(String name) {
    Response response =
        resource(MediaType.ofFile(name), Resources.bytes(DashboardRoutes.class, name));
    return nonBlocking(_ -> response);
  }

  private static Response resource(MediaType mediaType, byte[] content) {
    return Response.bytes(200, mediaType, content)
        .header("Cache-Control", "no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", POLICY);
  }
}
