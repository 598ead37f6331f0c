package com.example.expenses;

import static dev.leantea.http.Handler.computing;
import static dev.leantea.http.Handler.nonBlocking;

import dev.leantea.backend.Readiness;
import dev.leantea.files.StaticFiles;
import dev.leantea.filter.Compression;
import dev.leantea.filter.RateLimit;
import dev.leantea.http.Filter;
import dev.leantea.http.ProblemDocuments;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.http.Templates;
import dev.leantea.json.Json;
import dev.leantea.log.RequestIds;
import dev.leantea.routing.Router;
import dev.leantea.security.Authentication;
import dev.leantea.security.CsrfProtection;
import dev.leantea.security.SecurityHeaders;
import dev.leantea.session.Sessions;
import dev.leantea.sse.Sse;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.Room;
import dev.leantea.websocket.WebSocket;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** All routes. */
final class Application {
  private static final PebbleEngine ENGINE =
      new PebbleEngine.Builder().loader(templates()).strictVariables(true).build();

  @SuppressWarnings("unchecked")
  private static final Templates PAGES =
      (name, model, out) -> ENGINE.getTemplate(name).evaluate(out, (Map<String, Object>) model);

  private static final List<Class<?>> ROWS =
      List.of(
          User.class,
          Users.Account.class,
          Expense.class,
          Expense.Total.class,
          Expenses.Created.class,
          Expenses.Receipt.class);

  private static final String CONTENT_SECURITY =
      "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

  private final Config config;
  private final Sessions<User> sessions;
  private final Users users;
  private final Expenses expenses;
  private final Readiness readiness;
  private final PrometheusMeterRegistry metrics;
  private final Room chat = new Room(100, Room.Overflow.DISCONNECT);

  Application(
      Config config, DataSource pool, Readiness readiness, PrometheusMeterRegistry metrics) {
    this.config = config;
    Jdbi database = Jdbi.create(pool);
    for (Class<?> row : ROWS) {
      database.registerRowMapper(ConstructorMapper.factory(row));
    }
    this.sessions = Sessions.inCookie(User.class, config.sessionKeys());
    this.users = new Users(database, sessions);
    this.expenses = new Expenses(database);
    this.readiness = readiness;
    this.metrics = metrics;
  }

  private static ClasspathLoader templates() {
    var loader = new ClasspathLoader();
    loader.setPrefix("templates");
    return loader;
  }

  Router router() throws IOException {
    StaticFiles files = StaticFiles.ofClassPath("static");
    Filter metricsLogin = Authentication.basic("metrics", "prometheus", config.metricsPassword());
    Filter tokens = Authentication.bearer("api", Users.USER, users::byToken);
    return Router.builder()
        .filter(config.forwarded())
        .filter(RequestIds.filter())
        .filter(SecurityHeaders.defaults().with("Content-Security-Policy", CONTENT_SECURITY))
        .filter(ProblemDocuments.filter())
        .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
        .get("/ready", readiness)
        .scope(metricsLogin, it -> it.get("/metrics", _ -> Response.text(200, metrics.scrape())))
        .scope(Compression.gzip(), it -> it.get("/static/{path...}", files))
        .scope(config.cors().then(tokens), api -> api.group("/api", this::api))
        .scope(CsrfProtection.sameOrigin().then(sessions.filter()), this::pages)
        .build();
  }

  /** For programs, with a token. */
  private void api(Router.Builder api) {
    api.get("/expenses", expenses::list)
        .post("/expenses", expenses::create)
        .delete("/expenses/{id}", expenses::delete);
  }

  /** For browsers, with a session. */
  private void pages(Router.Builder pages) {
    pages
        .get("/login", _ -> Response.html(200, PAGES, "login.html", Map.of()))
        .scope(
            RateLimit.of(30, Duration.ofMinutes(1)),
            it ->
                it.post("/login", computing(users::logIn))
                    .post("/signup", computing(users::signUp)))
        .post("/logout", users::logOut)
        .scope(users.signedIn(), this::members);
  }

  private void members(Router.Builder members) {
    members
        .get("/", it -> page("page.html", it))
        .get("/board", it -> page("board.html", it))
        .get("/expenses.csv", expenses::csv)
        .post("/expenses", expenses::create)
        .delete("/expenses/{id}", expenses::delete)
        .post("/expenses/{id}/receipt", expenses::addReceipt)
        .get("/expenses/{id}/receipt", expenses::receipt)
        .post("/token", users::newToken)
        .get("/changes", _ -> Sse.events(expenses.changes()))
        .get("/chat", this::chat);
  }

  private Response page(String template, Request request) throws Exception {
    var model =
        Map.of(
            "user", Users.of(request),
            "expenses", expenses.find(Expense.Query.ALL),
            "totals", expenses.totals(),
            "categories", Expense.Category.values());
    return Response.html(200, PAGES, template, model).header("Cache-Control", "no-store");
  }

  private record Line(String by, String text) {}

  private Response chat(Request request) {
    String name = Users.of(request).name();
    return WebSocket.accept(
        request,
        socket -> {
          try (var _ = chat.join(socket)) {
            for (Message message; (message = socket.receive()) != null; ) {
              if (message instanceof Message.Text(String text) && text.length() <= 500) {
                chat.publish(Json.mapper().writeValueAsString(new Line(name, text)));
              }
            }
          }
        });
  }
}
