package dev.leantea.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Media types by the extension of a file's name: those of the project mime-db, in a resource that
 * {@code framework/src/media-types/generate.mjs} writes. Read at the first use.
 */
final class FileMediaTypes {
  private static final String RESOURCE = "media-types.txt";
  private static final Map<String, MediaType> TYPES = read();

  private FileMediaTypes() {}

  static MediaType of(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String extension = dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(extension, MediaType.OCTET_STREAM);
  }

  private static Map<String, MediaType> read() {
    var types = new HashMap<String, MediaType>(2048);
    try (InputStream in = FileMediaTypes.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "media types: expected the resource dev/leantea/http/" + RESOURCE + " in the jar");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> add(line.split(" "), types));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(types);
  }

  /** A type and its extensions. Text is UTF-8: that is how files are written now. */
  private static void add(String[] words, Map<String, MediaType> types) {
    var type =
        new MediaType(words[0].startsWith("text/") ? words[0] + "; charset=utf-8" : words[0]);
    for (int i = 1; i < words.length; i++) {
      types.put(words[i], type);
    }
  }
}
