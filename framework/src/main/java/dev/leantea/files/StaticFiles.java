package dev.leantea.files;

import dev.leantea.http.AcceptEncoding;
import dev.leantea.http.FileVersion;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpDate;
import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.PercentEncoding;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the files of a folder, for a route with the parameter {@code path}:
 *
 * <pre>{@code
 * .get("/files/{path...}", StaticFiles.of(Path.of("public")))
 * }</pre>
 *
 * <ul>
 *   <li>Nothing outside of the folder: no {@code ..}, and no symbolic link that leads out of it.
 *   <li>No hidden file, and none in a hidden folder: names that begin with a dot. {@code
 *       .well-known} at the top of the folder is not hidden (RFC 8615).
 *   <li>A folder is its {@code index.html}; there are no listings.
 *   <li>{@code If-None-Match}, {@code If-Modified-Since}, {@code If-Match}, {@code
 *       If-Unmodified-Since}, {@code If-Range} with a tag; one {@code Range}. Of several ranges,
 *       the whole file.
 *   <li>{@code X-Content-Type-Options: nosniff}: a browser takes a file for what its extension
 *       says, and for nothing else.
 * </ul>
 *
 * <p>The application of a page, with files that its build has compressed and named by their hashes:
 *
 * <pre>{@code
 * .get("/{path...}", StaticFiles.ofClassPath("public")
 *     .withPrecompressed().withCacheRules(CacheRules.hashedNames()).withFallback("index.html"))
 * }</pre>
 *
 * <p>It reads files, so it blocks. Immutable; any thread.
 */
public final class StaticFiles implements Handler {
  /** The endings of coded files. */
  private static final Map<String, String> ENDINGS =
      Map.of("br", ".br", "zstd", ".zst", "gzip", ".gz");

  /** The one that compresses best first. */
  private static final List<String> CODINGS = List.of("br", "zstd", "gzip");

  private final FileSource source;
  private final boolean precompressed;
  private final CacheRules cacheRules;
  private final Optional<String> fallback;

  private StaticFiles(
      FileSource source, boolean precompressed, CacheRules rules, Optional<String> fallback) {
    this.source = source;
    this.precompressed = precompressed;
    this.cacheRules = rules;
    this.fallback = fallback;
  }

  private static StaticFiles of(FileSource source) {
    return new StaticFiles(source, false, _ -> "", Optional.empty());
  }

  /**
   * The files below a folder.
   *
   * @throws IOException when there is no such folder
   */
  public static StaticFiles of(Path folder) throws IOException {
    return of(FolderSource.of(folder));
  }

  /**
   * The files below a folder of the class path. Those of a jar are listed now, read when they are
   * first asked for, and then kept in memory.
   *
   * @param folder as {@code public} or {@code site/public}
   * @throws IOException when there is no such folder
   */
  public static StaticFiles ofClassPath(String folder) throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return ofClassPath(loader == null ? StaticFiles.class.getClassLoader() : loader, folder);
  }

  /** As {@link #ofClassPath(String)}, on the path of a class loader. */
  public static StaticFiles ofClassPath(ClassLoader loader, String folder) throws IOException {
    return of(JarSource.onClassPath(loader, folder));
  }

  /**
   * With {@code app.js.br}, {@code app.js.zst} or {@code app.js.gz} in place of {@code app.js},
   * where there is such a file and the client prefers that coding.
   */
  public StaticFiles withPrecompressed() {
    return new StaticFiles(source, true, cacheRules, fallback);
  }

  /** With {@code Cache-Control}. */
  public StaticFiles withCacheRules(CacheRules rules) {
    return new StaticFiles(source, precompressed, rules, fallback);
  }

  /**
   * With a page in place of 404, for an application that routes in the browser: where a client that
   * accepts {@code text/html} asks for a path whose last name has no dot.
   *
   * @param page such as {@code index.html}
   */
  public StaticFiles withFallback(String page) {
    return new StaticFiles(source, precompressed, cacheRules, Optional.of(page));
  }

  @Override
  public Response handle(Request request) throws IOException {
    if (!request.method().equals(Method.GET) && !request.method().equals(Method.HEAD)) {
      return error(request, 405, "method not allowed").header("Allow", "GET, HEAD");
    }
    String path = request.path("path");
    return switch (source.find(path)) {
      case Found.File file -> answer(request, file);
      case Found.Folder _ -> redirect(request);
      case Found.Nothing _ -> answer(request, fallback(request, path));
    };
  }

  private Found.File fallback(Request request, String path) throws IOException {
    boolean page =
        path.indexOf('.', path.lastIndexOf('/') + 1) < 0
            && request.headers().all("Accept").stream().anyMatch(it -> it.contains("text/html"));
    if (fallback.isPresent() && page && source.find(fallback.get()) instanceof Found.File file) {
      return file;
    }
    throw notFound();
  }

  private Response answer(Request request, Found.File file) throws IOException {
    Response response = precompressed ? coded(request, file) : serve(request, file.content());
    String cacheControl = response.status() < 400 ? cacheRules.cacheControl(file.path()) : "";
    return cacheControl.isEmpty() ? response : response.header("Cache-Control", cacheControl);
  }

  private Response coded(Request request, Found.File file) throws IOException {
    List<String> codings = CODINGS;
    Optional<String> coding = AcceptEncoding.preferred(request, codings);
    while (coding.isPresent()) {
      String name = coding.get();
      if (source.find(file.path() + ENDINGS.get(name)) instanceof Found.File(_, Content content)) {
        return labelled(serve(request, content), file.path(), name);
      }
      codings = codings.stream().filter(it -> !it.equals(name)).toList();
      coding = AcceptEncoding.preferred(request, codings);
    }
    return serve(request, file.content()).header("Vary", "Accept-Encoding");
  }

  /** The content has the media type of the file that it stands for. */
  private static Response labelled(Response response, String path, String coding) {
    Response varying = response.header("Vary", "Accept-Encoding");
    boolean hasContent = response.status() == 200 || response.status() == 206;
    return hasContent
        ? varying
            .header("Content-Type", MediaType.ofFile(path).value())
            .header("Content-Encoding", coding)
        : varying;
  }

  /** A folder's links are relative to it, so its path must end with a slash. */
  private static Response redirect(Request request) {
    String path = request.path();
    if (path.startsWith("//")) {
      throw notFound(); // as a Location it would name another host
    }
    String query = request.target().query();
    String location = path + "/" + (query.isEmpty() ? "" : "?" + query);
    return Response.redirect(308, PercentEncoding.encodeReference(location));
  }

  private static Response error(Request request, int status, String message) {
    return new HttpException(status, message).toResponse(request);
  }

  private static HttpException notFound() {
    return new HttpException(404, "not found");
  }

  /**
   * Answers with one file of any folder, according to the request's conditions and range. Blocks.
   *
   * @throws HttpException 404 when it is not a regular file that can be read
   */
  public static Response serve(Request request, Path file) throws IOException {
    return serve(request, new Content.OnDisk(file, FileVersion.of(file)));
  }

  private static Response serve(Request request, Content content) {
    FileVersion version = content.version();
    Response response =
        switch (Preconditions.of(request, version)) {
          case SEND -> send(request, content);
          case NOT_MODIFIED -> Response.empty(304);
          case FAILED -> error(request, 412, "precondition failed");
        };
    return response
        .header("ETag", version.etag())
        .header("Last-Modified", HttpDate.format(version.lastModified()));
  }

  private static Response send(Request request, Content content) {
    long size = content.version().size();
    Response response =
        switch (range(request, content.version())) {
          case ByteRange.Whole() -> content.part(200, 0, size);
          case ByteRange.Part(long from, long length) ->
              content
                  .part(206, from, length)
                  .header(
                      "Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + size);
          case ByteRange.Unsatisfiable() ->
              error(request, 416, "range not satisfiable")
                  .header("Content-Range", "bytes */" + size);
        };
    return response.header("Accept-Ranges", "bytes").header("X-Content-Type-Options", "nosniff");
  }

  /** RFC 9110 §14.2: for GET alone, and for one field line. */
  private static ByteRange range(Request request, FileVersion version) {
    boolean applies =
        request.method().equals(Method.GET)
            && request.headers().all("Range").size() == 1
            && Preconditions.rangeApplies(request, version);
    return applies
        ? ByteRange.parse(request.header("Range").orElseThrow(), version.size())
        : new ByteRange.Whole();
  }
}
