package dev.leantea.files;

import dev.leantea.http.FileVersion;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpDate;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.PercentEncoding;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

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
 * <p>It reads files, so it blocks. Any thread.
 */
public final class StaticFiles implements Handler {
  private static final String INDEX = "index.html";
  private static final String WELL_KNOWN = ".well-known";

  private final Path root;

  private StaticFiles(Path root) {
    this.root = root;
  }

  /**
   * The files below a folder.
   *
   * @throws IOException when there is no such folder
   */
  public static StaticFiles of(Path folder) throws IOException {
    Path root = folder.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new IOException("static files: expected a folder, got " + folder);
    }
    return new StaticFiles(root);
  }

  @Override
  public Response handle(Request request) throws IOException {
    if (!request.method().equals(Method.GET) && !request.method().equals(Method.HEAD)) {
      return Response.jsonError(405, "method not allowed").header("Allow", "GET, HEAD");
    }
    String path = request.path("path");
    Path file = resolve(path);
    if (!Files.isDirectory(file)) {
      if (path.endsWith("/")) {
        throw notFound(); // a file is not a folder
      }
      return serve(request, file);
    }
    return path.isEmpty() || path.endsWith("/")
        ? serve(request, inside(file.resolve(INDEX)))
        : redirect(request);
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

  private Path resolve(String path) throws IOException {
    Path file = root;
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        requireVisible(name, file.equals(root));
        requireName(name);
        file = file.resolve(name);
      }
    }
    return inside(file);
  }

  /** The router has removed dot segments and refused NUL; a caller without a router may not. */
  private static void requireName(String name) {
    if (name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
      throw notFound();
    }
  }

  /** The real file, with all links followed, if it lies in the folder and is not hidden. */
  private Path inside(Path file) throws IOException {
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(root)) {
        throw notFound();
      }
      boolean top = true;
      for (Path name : root.relativize(real)) {
        requireVisible(name.toString(), top);
        top = false;
      }
      return real;
    } catch (FileSystemException | InvalidPathException e) {
      throw new HttpException(404, "not found", e);
    }
  }

  private static void requireVisible(String name, boolean top) {
    if (name.startsWith(".") && !(top && name.equals(WELL_KNOWN))) {
      throw notFound();
    }
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
    FileVersion version = FileVersion.of(file);
    Response response =
        switch (Preconditions.of(request, version)) {
          case SEND -> send(request, file, version);
          case NOT_MODIFIED -> Response.empty(304);
          case FAILED -> Response.jsonError(412, "precondition failed");
        };
    return response
        .header("ETag", version.etag())
        .header("Last-Modified", HttpDate.format(version.lastModified()));
  }

  private static Response send(Request request, Path file, FileVersion version) {
    long size = version.size();
    Response response =
        switch (range(request, version)) {
          case ByteRange.Whole() -> Response.file(200, file, 0, size);
          case ByteRange.Part(long from, long length) ->
              Response.file(206, file, from, length)
                  .header(
                      "Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + size);
          case ByteRange.Unsatisfiable() ->
              Response.jsonError(416, "range not satisfiable")
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
