package dev.leantea.http;

import java.util.Locale;
import java.util.Map;

/** Media types by the ending of a file's name: those of the web, registered with IANA. */
final class FileMediaTypes {
  private static final Map<String, MediaType> TYPES =
      Map.ofEntries(
          type("html", "text/html; charset=utf-8"),
          type("htm", "text/html; charset=utf-8"),
          type("css", "text/css; charset=utf-8"),
          type("js", "text/javascript; charset=utf-8"),
          type("mjs", "text/javascript; charset=utf-8"),
          type("txt", "text/plain; charset=utf-8"),
          type("md", "text/markdown; charset=utf-8"),
          type("csv", "text/csv; charset=utf-8"),
          type("json", "application/json"),
          type("map", "application/json"),
          type("webmanifest", "application/manifest+json"),
          type("xml", "application/xml"),
          type("pdf", "application/pdf"),
          type("zip", "application/zip"),
          type("gz", "application/gzip"),
          type("wasm", "application/wasm"),
          type("svg", "image/svg+xml"),
          type("png", "image/png"),
          type("jpg", "image/jpeg"),
          type("jpeg", "image/jpeg"),
          type("gif", "image/gif"),
          type("webp", "image/webp"),
          type("avif", "image/avif"),
          type("ico", "image/vnd.microsoft.icon"),
          type("woff", "font/woff"),
          type("woff2", "font/woff2"),
          type("ttf", "font/ttf"),
          type("mp3", "audio/mpeg"),
          type("mp4", "video/mp4"),
          type("webm", "video/webm"));

  private FileMediaTypes() {}

  private static Map.Entry<String, MediaType> type(String ending, String value) {
    return Map.entry(ending, new MediaType(value));
  }

  static MediaType of(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, MediaType.OCTET_STREAM);
  }
}
