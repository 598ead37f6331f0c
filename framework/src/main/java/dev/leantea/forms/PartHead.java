package dev.leantea.forms;

import dev.leantea.http.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The header section of one part (RFC 7578 §4.2, §4.4).
 *
 * @param name the field's name
 * @param fileName without folders; empty for a field that is not a file
 */
record PartHead(String name, Optional<String> fileName, MediaType mediaType) {
  private static final String DISPOSITION = "Content-Disposition";
  private static final String TYPE = "Content-Type";

  /**
   * Reads the field lines.
   *
   * @param section lines that end with CRLF
   * @throws IllegalArgumentException for what is malformed; the message says what was expected
   */
  static PartHead parse(String section) {
    Map<String, String> fields = fields(section);
    String value = fields.get(DISPOSITION);
    if (value == null) {
      throw new IllegalArgumentException(
          "expected the field Content-Disposition: form-data; name=\"…\"");
    }
    ContentDisposition disposition = ContentDisposition.parse(value);
    if (!disposition.type().equals("form-data")) {
      throw new IllegalArgumentException(
          "expected Content-Disposition: form-data, got " + Forms.quote(disposition.type()));
    }
    String name =
        disposition
            .parameter("name")
            .orElseThrow(
                () -> new IllegalArgumentException("expected a name in Content-Disposition"));
    Optional<String> fileName = disposition.fileName().map(PartHead::withoutFolders);
    requireNoNul("name", name);
    fileName.ifPresent(file -> requireNoNul("filename", file));
    return new PartHead(name, fileName, mediaType(fields, fileName.isPresent()));
  }

  private static Map<String, String> fields(String section) {
    var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    String unfolded = section.replaceAll("\r\n[ \t]+", " "); // RFC 5322 §2.2.3
    for (String line : unfolded.isEmpty() ? new String[0] : unfolded.split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IllegalArgumentException(
            "expected a header line \"Name: value\", got " + Forms.quote(line));
      }
      String name = line.substring(0, colon).strip();
      if (fields.put(name, line.substring(colon + 1).strip()) != null) {
        throw new IllegalArgumentException("expected the field " + Forms.quote(name) + " once");
      }
    }
    return fields;
  }

  private static void requireNoNul(String parameter, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("expected a " + parameter + " without NUL");
    }
  }

  /** The last part of a path: some clients send the folders too. */
  private static String withoutFolders(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /** RFC 7578 §4.4: text by default; a file of an unknown type is bytes. */
  private static MediaType mediaType(Map<String, String> fields, boolean isFile) {
    String value = fields.get(TYPE);
    if (value == null) {
      return isFile ? MediaType.OCTET_STREAM : MediaType.TEXT;
    }
    return new MediaType(value);
  }

  boolean isFile() {
    return fileName.isPresent();
  }

  /** For messages. */
  @Override
  public String toString() {
    return (isFile() ? "file " : "field ") + Forms.quote(name);
  }
}
