package dev.leantea.filter;

import dev.leantea.http.Body;
import dev.leantea.http.BodyWriter;
import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.Headers;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
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
 * <tr><td>below 1 KiB, of a media type that is compressed already, or with a
 *     {@code Content-Encoding} or {@code Cache-Control: no-transform}</td><td>unchanged</td></tr>
 * <tr><td>else, and the client does not prefer gzip; a part (206)</td>
 *     <td>{@code Vary: Accept-Encoding}</td></tr>
 * <tr><td>304</td><td>{@code Vary: Accept-Encoding}, and the {@code ETag} that the compressed 200
 *     had, if the client has that one</td></tr>
 * <tr><td>else</td><td>{@code Vary: Accept-Encoding}, {@code Content-Encoding: gzip}, a strong
 *     {@code ETag} made weak, and no {@code Accept-Ranges}</td></tr>
 * </table>
 *
 * <p>A streamed body stays streamed: what its writer flushes reaches the client at once. That costs
 * a few bytes for each flush. A body in memory of more than 32 KiB, and a file, are compressed
 * while they are sent, so a handler that was declared {@code nonBlocking} stays on the event loop.
 *
 * <p>Do not compress secrets together with text that others choose, such as a token beside the echo
 * of a query: its length reveals parts of the secret (the BREACH attack).
 */
public final class Compression implements Filter {
  /** A shorter body gains nothing: it fits one packet either way. */
  private static final int MIN_BYTES = 1024;

  /** A larger body is compressed in pieces: it would hold an event loop for a millisecond. */
  private static final int MAX_BYTES_AT_ONCE = 32 * 1024;

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
  public Handler wrap(Handler next) {
    return request -> compress(request, next.handle(request));
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  private static Response compress(Request request, Response response) {
    return switch (response.status()) {
      case 304 -> isTransformable(response) ? notModified(request, vary(response)) : response;
      case 206 ->
          isTransformable(response) && isPartThatGains(response) ? vary(response) : response;
      default -> isEligible(response) ? compressIfPreferred(request, vary(response)) : response;
    };
  }

  private static Response compressIfPreferred(Request request, Response response) {
    return prefersGzip(request) ? compressed(response) : response;
  }

  private static boolean prefersGzip(Request request) {
    return AcceptEncoding.prefersGzip(request.headers().all("Accept-Encoding"));
  }

  /**
   * A 304 has the tag that the 200 would have (RFC 9110 §15.4.5): the weak one, if a client that
   * prefers gzip asks for it. One that asks for the strong tag has content that was not compressed.
   */
  private static Response notModified(Request request, Response response) {
    Optional<String> tag = response.headers().first("ETag");
    boolean weak =
        tag.isPresent()
            && prefersGzip(request)
            && request.headers().all("If-None-Match").stream()
                .anyMatch(line -> line.contains("W/" + tag.get()));
    return weak ? weaken(response) : response;
  }

  private static boolean isEligible(Response response) {
    return response.status() >= 200
        && response.status() != 204
        && isLongEnough(response.body())
        && isTransformable(response)
        && !response.headers().contains("Content-Range")
        && mediaType(response).filter(Compression::gains).isPresent();
  }

  private static boolean isTransformable(Response response) {
    Headers headers = response.headers();
    return !headers.contains("Content-Encoding")
        && headers.all("Cache-Control").stream().noneMatch(it -> has(it, "no-transform"));
  }

  /** Of several parts at once the type of the whole is not known. */
  private static boolean isPartThatGains(Response response) {
    return mediaType(response)
        .filter(it -> gains(it) || it.essence().equals("multipart/byteranges"))
        .isPresent();
  }

  private static Optional<MediaType> mediaType(Response response) {
    return response.headers().first("Content-Type").map(MediaType::new);
  }

  private static boolean isLongEnough(Body body) {
    return switch (body) {
      case Body.Bytes(byte[] content) -> content.length >= MIN_BYTES;
      case Body.Stream(_, OptionalLong length) -> length.orElse(Long.MAX_VALUE) >= MIN_BYTES;
      case Body.File file -> file.length() >= MIN_BYTES;
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
          case Body.Bytes(byte[] content) when content.length <= MAX_BYTES_AT_ONCE ->
              new Body.Bytes(GzipBody.compress(content));
          case Body.Bytes(byte[] content) -> streamed(out -> out.write(content));
          case Body.Stream(var writer, _) -> streamed(writer);
          case Body.File file -> streamed(file::writeTo);
          case Body.Upgrade upgrade -> upgrade;
        };
    return weaken(response)
        .withoutHeader("Accept-Ranges") // a range would be one of the content as it is
        .header("Content-Encoding", "gzip")
        .withBody(body);
  }

  private static Body streamed(BodyWriter writer) {
    return new Body.Stream(GzipBody.compress(writer), OptionalLong.empty());
  }

  /** RFC 9110 §8.8.3.3: other bytes must not have the same strong tag. */
  private static Response weaken(Response response) {
    return response
        .headers()
        .first("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .map(tag -> response.header("ETag", "W/" + tag))
        .orElse(response);
  }
}
