package dev.leantea.forms;

import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.PercentEncoding;
import dev.leantea.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/** Reads forms off requests. */
public final class Forms {
  private Forms() {}

  /** As below, with {@link FormLimits#DEFAULTS}. */
  public static Form read(Request request) throws IOException {
    return read(request, FormLimits.DEFAULTS);
  }

  /**
   * Reads the body as a form of either kind; waits for it.
   *
   * @throws HttpException 413 beyond a limit, 415 for another media type, 400 when it is malformed
   * @throws IOException when the client is gone, or a temporary file cannot be written
   */
  public static Form read(Request request, FormLimits limits) throws IOException {
    MediaType mediaType = request.mediaType();
    if (mediaType.matches(MediaType.FORM)) {
      return urlencoded(request, limits);
    }
    if (mediaType.matches(MediaType.MULTIPART)) {
      return MultipartReader.read(request, limits);
    }
    throw new HttpException(
        415,
        "form: expected %s or %s, got %s"
            .formatted(MediaType.FORM, MediaType.MULTIPART, mediaType.essence()));
  }

  private static Form urlencoded(Request request, FormLimits limits) throws IOException {
    var parts = new ArrayList<Part>();
    String body = new String(request.bytes(), StandardCharsets.UTF_8);
    if (body.length() > limits.total()) {
      throw tooLarge("at most " + limits.total() + " bytes");
    }
    for (String pair : body.split("&", -1)) {
      if (!pair.isEmpty()) {
        requireRoom(parts.size(), limits);
        parts.add(part(pair, limits));
      }
    }
    return new Form(parts);
  }

  private static Part part(String pair, FormLimits limits) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
    byte[] content = value.getBytes(StandardCharsets.UTF_8);
    if (content.length > limits.field()) {
      throw tooLarge("fields of at most " + limits.field() + " bytes");
    }
    return Part.inMemory(name, Optional.empty(), MediaType.TEXT, content);
  }

  private static String decode(String text) {
    try {
      return PercentEncoding.decodeForm(text);
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, "form: " + e.getMessage(), e);
    }
  }

  static void requireRoom(int parts, FormLimits limits) {
    if (parts >= limits.parts()) {
      throw tooLarge("at most " + limits.parts() + " parts");
    }
  }

  static HttpException tooLarge(String expected) {
    return new HttpException(413, "form: expected " + expected);
  }
}
