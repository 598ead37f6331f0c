package dev.leantea.filter;

import dev.leantea.http.AcceptEncoding;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Compresses responses for clients that ask for it:
 *
 * <pre>{@code
 * Router.builder().filter(Compression.best()).get(…)
 * }</pre>
 *
 * <p>By {@code gzip}, and, where their libraries are on the path, by {@code zstd} (zstd-jni) and
 * {@code br} (brotli4j with its native artifact). The client's weights choose among them.
 *
 * <table>
 * <caption>What becomes of a response</caption>
 * <tr><td>below 1 KiB, of a media type that is compressed already, or with a
 *     {@code Content-Encoding} or {@code Cache-Control: no-transform}</td><td>unchanged</td></tr>
 * <tr><td>else, and the client prefers no coding; a part (206)</td>
 *     <td>{@code Vary: Accept-Encoding}</td></tr>
 * <tr><td>304</td><td>{@code Vary: Accept-Encoding}, and the {@code ETag} that the compressed 200
 *     had, if the client has that one</td></tr>
 * <tr><td>else</td><td>{@code Vary: Accept-Encoding}, {@code Content-Encoding}, a strong
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

  private final List<Coding> codings;
  private final List<String> names;

  private Compression(List<Coding> codings) {
    this.codings = codings;
    this.names = codings.stream().map(Coding::name).toList();
  }

  /** The filter, with gzip alone. */
  public static Filter gzip() {
    return new Compression(List.of(new GzipCoding()));
  }

  /** The filter, with every coding whose library is on the path. */
  public static Filter best() {
    return new Compression(Coding.available());
  }

  @Override
  public Handler wrap(Handler next) {
    return request -> compress(request, next.handle(request));
  }

  @Override
  public Execution execution() {
    return Execution.NON_BLOCKING;
  }

  private Response compress(Request request, Response response) {
    return switch (response.status()) {
      case 304 -> isTransformable(response) ? notModified(request, vary(response)) : response;
      case 206 ->
          isTransformable(response) && isPartThatGains(response) ? vary(response) : response;
      default -> isEligible(response) ? compressIfPreferred(request, vary(response)) : response;
    };
  }

  private Response compressIfPreferred(Request request, Response response) {
    return AcceptEncoding.preferred(request, names)
        .map(name -> compressed(response, codings.get(names.indexOf(name))))
        .orElse(response);
  }

  /**
   * A 304 has the tag that the 200 would have (RFC 9110 §15.4.5): the weak one, if a client that
   * prefers a coding asks for it. One that asks for the strong tag has content that was not
   * compressed.
   */
  private Response notModified(Request request, Response response) {
    Optional<String> tag = response.headers().first("ETag");
    boolean weak =
        tag.isPresent()
            && AcceptEncoding.preferred(request, names).isPresent()
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

  private static Response compressed(Response response, Coding coding) {
    Body body =
        switch (response.body()) {
          case Body.Bytes(byte[] content) when content.length <= MAX_BYTES_AT_ONCE ->
              new Body.Bytes(CodedBody.compress(coding, content));
          case Body.Bytes(byte[] content) -> streamed(coding, out -> out.write(content));
          case Body.Stream(var writer, _) -> streamed(coding, writer);
          case Body.File file -> streamed(coding, file::writeTo);
          case Body.Upgrade upgrade -> upgrade;
        };
    return weaken(response)
        .withoutHeader("Accept-Ranges") // a range would be one of the content as it is
        .header("Content-Encoding", coding.name())
        .withBody(body);
  }

  private static Body streamed(Coding coding, BodyWriter writer) {
    return new Body.Stream(CodedBody.compress(coding, writer), OptionalLong.empty());
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
