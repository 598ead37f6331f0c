package dev.leantea.filter;

import dev.leantea.http.Body;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Headers;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Compresses responses with gzip for clients that ask for it:
 *
 * <pre>{@code
 * Router.builder().filter(Compression.gzip()).get(…)
 * }</pre>
 *
 * <table>
 * <caption>What becomes of a response</caption>
 * <tr><td>below 1 KiB, of a media type that is compressed already, 206, or with a
 *     {@code Content-Encoding} or {@code Cache-Control: no-transform}</td><td>stays as it is</td></tr>
 * <tr><td>else, and the client does not prefer gzip</td><td>{@code Vary: Accept-Encoding}</td></tr>
 * <tr><td>else</td><td>that, {@code Content-Encoding: gzip}, its strong {@code ETag} made weak, and
 *     no {@code Accept-Ranges}</td></tr>
 * </table>
 *
 * <p>A streamed body stays streamed: what its writer flushes reaches the client at once. That costs
 * a few octets for each flush. It takes time in proportion to the body, so it counts as blocking.
 *
 * <p>Do not compress secrets together with text that others choose, such as a token beside the echo
 * of a query: its length tells about the secret (the BREACH attack).
 */
public final class Compression implements Filter {
  /** A shorter body gains nothing: it fits one packet either way. */
  private static final int LEAST_OCTETS = 1024;

  /** Beside {@code text/*}, {@code +json} and {@code +xml}. */
  private static final Set<String> COMPRESSIBLE =
      Set.of(
          "application/json",
          "application/javascript",
          "application/xml",
          "application/wasm",
          "application/x-ndjson",
          "image/vnd.microsoft.icon",
          "font/ttf");

  private Compression() {}

  /** The filter. */
  public static Filter gzip() {
    return new Compression();
  }

  @Override
  public Handler apply(Handler next) {
    return request -> compress(request, next.handle(request));
  }

  private static Response compress(Request request, Response response) {
    if (response.status() == 304) {
      return vary(response); // as the 200 would have it (RFC 9110 §15.4.5)
    }
    if (!isEligible(response)) {
      return response;
    }
    return AcceptEncoding.prefersGzip(request.headers().all("Accept-Encoding"))
        ? compressed(vary(response))
        : vary(response);
  }

  private static boolean isEligible(Response response) {
    Headers headers = response.headers();
    return response.status() >= 200
        && response.status() != 204
        && response.status() != 206
        && isLongEnough(response.body())
        && !headers.contains("Content-Encoding")
        && !headers.contains("Content-Range")
        && headers.first("Content-Type").map(MediaType::new).filter(Compression::gains).isPresent()
        && headers.all("Cache-Control").stream().noneMatch(it -> has(it, "no-transform"));
  }

  private static boolean isLongEnough(Body body) {
    return switch (body) {
      case Body.Bytes(byte[] content) -> content.length >= LEAST_OCTETS;
      case Body.Stream(_, OptionalLong length) -> length.orElse(Long.MAX_VALUE) >= LEAST_OCTETS;
      case Body.File file -> file.length() >= LEAST_OCTETS;
      case Body.Upgrade _ -> false;
    };
  }

  private static boolean gains(MediaType mediaType) {
    String essence = mediaType.essence();
    return essence.startsWith("text/")
        || essence.endsWith("+json")
        || essence.endsWith("+xml")
        || COMPRESSIBLE.contains(essence);
  }

  private static Response vary(Response response) {
    boolean said =
        response.headers().all("Vary").stream()
            .anyMatch(line -> has(line, "accept-encoding") || has(line, "*"));
    return said ? response : response.addHeader("Vary", "Accept-Encoding");
  }

  private static boolean has(String list, String element) {
    return Arrays.stream(list.split(",", -1))
        .anyMatch(it -> it.strip().toLowerCase(Locale.ROOT).equals(element));
  }

  private static Response compressed(Response response) {
    Body body =
        switch (response.body()) {
          case Body.Bytes(byte[] content) -> new Body.Bytes(GzipBody.compress(content));
          case Body.Stream(var writer, _) ->
              new Body.Stream(GzipBody.compress(writer), OptionalLong.empty());
          case Body.File file ->
              new Body.Stream(GzipBody.compress(file::writeTo), OptionalLong.empty());
          case Body.Upgrade upgrade -> upgrade;
        };
    return weaken(response)
        .withoutHeader("Accept-Ranges") // a range would be one of the content as it is
        .header("Content-Encoding", "gzip")
        .withBody(body);
  }

  /** RFC 9110 §8.8.3.3: other octets must not have the same strong tag. */
  private static Response weaken(Response response) {
    return response
        .headers()
        .first("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .map(tag -> response.header("ETag", "W/" + tag))
        .orElse(response);
  }
}
