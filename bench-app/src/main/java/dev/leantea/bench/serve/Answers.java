package dev.leantea.bench.serve;

import dev.leantea.bench.Version;
import dev.leantea.bench.database.DatabaseRoutes;
import dev.leantea.bench.upstream.UpstreamRoutes;
import dev.leantea.files.StaticFiles;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.routing.TypedHandler;
import dev.leantea.typed.OpenApi;
import dev.leantea.typed.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The example application: the routes that the documentation and the benchmark name, and the answer
 * to each page.
 *
 * @param served what {@code /openapi.json} describes
 * @param files answers {@code /files}
 */
record Answers(Routes<? extends Pages> served, Handler files) implements TypedHandler<Pages> {
  /** The pages that links may lead to. */
  static final Routes<Pages.Always> PAGES = Routes.of(Pages.Always.class);

  /** The routes; more can be added, and they are counted too. */
  static Router.Builder routes(Additions additions) {
    Optional<Path> folder = additions.files();
    Router.Builder router = Router.builder();
    DashboardRoutes.add(router, additions.dashboard());
    additions.upstream().ifPresent(it -> new UpstreamRoutes(it).add(router));
    additions.database().ifPresent(it -> DatabaseRoutes.add(router, it));
    Routes<? extends Pages> pages = folder.isPresent() ? Routes.of(Pages.class) : PAGES;
    Handler noFiles = _ -> Response.jsonError(404, "not found");
    return router.typed(pages, new Answers(pages, folder.map(Answers::files).orElse(noFiles)));
  }

  private static Handler files(Path folder) {
    try {
      return StaticFiles.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("files: expected a folder, got " + folder, e);
    }
  }

  /** What {@code GET /json} answers, serialized anew each time. */
  record Message(String message) {}

  /** What {@code GET /users/{id}} answers. */
  record Account(long id, String name) {}

  /** The pages of the benchmark come first: a switch over types tries them in order. */
  @Override
  public Response handle(Pages page, Request request) throws Exception {
    return switch (page) {
      case Pages.Health _, Pages.HealthBlocking _ -> Response.text(200, "ok");
      case Pages.Json _, Pages.JsonBlocking _ ->
          Response.jsonObj(200, new Message("Hello, World!"));
      case Pages.Echo(Optional<String> msg) -> Response.text(200, msg.orElse(""));
      case Pages.EchoBody _ -> Response.bytes(200, request.mediaType(), request.bytes());
      case Pages.User(long id) -> Response.jsonObj(200, new Account(id, "user " + id));
      case Pages.Sleep(long millis) -> sleep(millis);
      case Pages.Socket _ -> Streams.echo(request);
      case Pages.Events _ -> Streams.events(request);
      case Pages.Upload _ -> Streams.upload(request);
      case Pages.Download(long bytes) -> Streams.download(bytes);
      case Pages.File _ -> files.handle(request);
      case Pages.Home _ -> home();
      case Pages.Description _ ->
          Response.json(200, OpenApi.document(served, "LeanTea bench-app", Version.text()));
    };
  }

  /** Blocks, as a handler that asks a database would. */
  private static Response sleep(long millis) throws InterruptedException {
    Thread.sleep(millis);
    return Response.jsonObj(200, Map.of("slept", millis));
  }

  /** The live page, with links to what a browser can show. */
  private static Response home() {
    return DashboardRoutes.page(
        List.of(
            link(new Pages.Health(), "Health"),
            link(new Pages.Json(), "JSON"),
            link(new Pages.Echo(Optional.of("tea & milk")), "Echo"),
            link(new Pages.User(42), "User 42"),
            link(new Pages.Sleep(1000), "A second's sleep"),
            link(new Pages.Events(), "Events"),
            link(new Pages.Description(), "OpenAPI")));
  }

  private static String link(Pages.Always page, String text) {
    return PAGES.link(page, text);
  }
}
