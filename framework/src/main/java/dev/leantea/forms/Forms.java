package dev.leantea.forms;

import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import java.io.IOException;

/**
 * Reads HTML forms: {@code application/x-www-form-urlencoded} and {@code multipart/form-data} (RFC
 * 7578). The latter needs the optional dependency {@code
 * org.apache.commons:commons-fileupload2-core}.
 */
public final class Forms {
  private static final int MAX_QUOTED_CHARACTERS = 80;

  private Forms() {}

  /** As {@link #read(Request, FormLimits)}, with {@link FormLimits#DEFAULTS}. */
  public static Form read(Request request) throws IOException {
    return read(request, FormLimits.DEFAULTS);
  }

  /**
   * Reads the whole body as a form of either kind; blocks until it has arrived. A urlencoded form
   * is decoded in the charset of its {@code Content-Type}, UTF-8 by default. Call it from a handler
   * that may block.
   *
   * @throws HttpException 400 when the form is malformed, 413 beyond a limit, 415 for another media
   *     type or an unknown charset; the message names the part and what was expected. 503 when the
   *     server holds {@link dev.leantea.http.Limits#bodiesInMemory} already
   * @throws IOException when the client is gone, or a temporary file cannot be written
   */
  public static Form read(Request request, FormLimits limits) throws IOException {
    requirePlain(request);
    MediaType mediaType = request.mediaType();
    if (mediaType.matches(MediaType.FORM)) {
      return UrlencodedReader.read(request, limits);
    }
    if (mediaType.matches(MediaType.MULTIPART)) {
      return multipart(request, limits);
    }
    throw new HttpException(
        415,
        "form: expected %s or %s, got %s"
            .formatted(MediaType.FORM, MediaType.MULTIPART, mediaType.essence()));
  }

  /** Nobody decodes bodies: what is compressed would be called a malformed form. */
  private static void requirePlain(Request request) {
    String coding = request.header("Content-Encoding").orElse("identity");
    if (!coding.equalsIgnoreCase("identity")) {
      throw HttpException.of(415, "form: expected no Content-Encoding, got " + quote(coding))
          .header("Accept-Encoding", "identity"); // RFC 9110 §12.5.3
    }
  }

  private static Form multipart(Request request, FormLimits limits) throws IOException {
    try {
      return MultipartReader.read(request, limits);
    } catch (NoClassDefFoundError e) {
      if (!String.valueOf(e.getMessage()).startsWith("org/apache/commons/")) {
        throw e;
      }
      throw new IllegalStateException(
          "form: multipart/form-data needs a library; add the dependency"
              + " org.apache.commons:commons-fileupload2-core",
          e);
    }
  }

  static HttpException malformed(String message) {
    return new HttpException(400, "form: " + message);
  }

  static HttpException tooLarge(String message) {
    return new HttpException(413, "form: " + message);
  }

  /** Checks a limit before one more part is read. */
  static void requireRoom(int parts, FormLimits limits) {
    if (parts >= limits.parts()) {
      throw tooLarge("expected at most " + limits.parts() + " parts");
    }
  }

  /** A part's or field's name for a message: in quotes, cut, control characters replaced. */
  static String quote(String name) {
    String cut =
        name.length() > MAX_QUOTED_CHARACTERS
            ? name.substring(0, MAX_QUOTED_CHARACTERS) + "…"
            : name;
    return '"' + cut.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
