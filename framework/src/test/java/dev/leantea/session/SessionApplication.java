package dev.leantea.session;

import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;

/** An application with a login. */
final class SessionApplication {
  /** What a session holds. */
  record Visit(String user, int pages) {}

  private SessionApplication() {}

  static Handler of(Sessions<Visit> sessions) {
    return Router.builder()
        .filter(sessions.filter())
        .get("/plain", _ -> Response.text(200, "nobody asks"))
        .get("/", request -> Response.text(200, user(sessions, request)))
        .get("/cached", request -> cached(user(sessions, request)))
        .get("/login/{user}", request -> login(sessions, request))
        .get("/count", request -> count(sessions, request))
        .get("/twice", request -> twice(sessions, request))
        .get("/logout", request -> sessions.end(request, Response.empty(204)))
        .build();
  }

  private static String user(Sessions<Visit> sessions, Request request) {
    return sessions.find(request).map(Visit::user).orElse("none");
  }

  private static Response cached(String text) {
    return Response.text(200, text).header("Cache-Control", "no-store");
  }

  private static Response login(Sessions<Visit> sessions, Request request) {
    try {
      return sessions.begin(request, Response.empty(204), new Visit(request.path("user"), 0));
    } catch (IllegalStateException e) {
      return Response.text(500, String.valueOf(e.getMessage()));
    }
  }

  private static Response count(Sessions<Visit> sessions, Request request) {
    Visit visit = sessions.find(request).orElse(new Visit("anonymous", 0));
    var next = new Visit(visit.user(), visit.pages() + 1);
    return sessions.update(request, Response.text(200, "" + next.pages()), next);
  }

  private static Response twice(Sessions<Visit> sessions, Request request) {
    Response first = sessions.begin(request, Response.empty(204), new Visit("first", 0));
    Response other = first.addHeader("Set-Cookie", "other=1");
    return sessions.begin(request, other, new Visit("second", 0));
  }
}
