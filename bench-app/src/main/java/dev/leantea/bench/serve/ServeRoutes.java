package dev.leantea.bench.serve;

import dev.leantea.files.StaticFiles;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.typed.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The example application: the routes that the documentation and the benchmark name. */
public final class ServeRoutes {
  /** The pages that links may lead to. */
  static final Routes<Pages.Always> PAGES = Routes.of(Pages.Always.class);

  private ServeRoutes() {}

  /**
   * The routes.
   *
   * @param folder of {@code /files}; without one there is no such route
   * @param options adds the routes of command-line options; its filters apply to all routes
   */
  public static Handler routes(Optional<Path> folder, Consumer<Router.Builder> options) {
    return folder
        .map(path -> router(Routes.of(Pages.class), files(path), options))
        .orElseGet(() -> router(PAGES, _ -> Response.jsonError(404, "not found"), options));
  }

  private static Handler router(
      Routes<? extends Pages> routes, Handler files, Consumer<Router.Builder> options) {
    Router.Builder router = Router.builder();
    options.accept(router);
    return router.typed(routes, new Answers(routes, files)).build();
  }

  private static StaticFiles files(Path folder) {
    try {
      return StaticFiles.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("files: expected a folder, got " + folder, e);
    }
  }
}
