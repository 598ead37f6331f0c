package dev.leantea.tls.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in PEM format (RFC 7468): blocks between {@code -----BEGIN label-----} and {@code -----END
 * label-----}; what is between the blocks is ignored.
 *
 * @param path for messages
 */
record PemFile(Path path, List<Block> blocks) {
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /**
   * A block.
   *
   * @param label as {@code CERTIFICATE}
   * @param text what is between its lines, base64 as a rule
   */
  record Block(String label, String text) {
    boolean hasHeaders() {
      return text.contains(":");
    }

    byte[] content() {
      return Base64.getMimeDecoder().decode(text);
    }
  }

  static PemFile read(Path path) {
    String text = text(path);
    var blocks = new ArrayList<Block>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          path
              + ": expected a file in PEM format, with -----BEGIN …-----, got "
              + (text.isBlank() ? "an empty file" : "something else"));
    }
    return new PemFile(path, List.copyOf(blocks));
  }

  private static String text(Path path) {
    return new String(bytes(path), StandardCharsets.ISO_8859_1);
  }

  /** The content of a small file. */
  static byte[] bytes(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new IllegalArgumentException(
            path + ": expected certificates or keys, got more than 4 MiB");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(path + ": expected a file, found none", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": cannot be read: " + e, e);
    }
  }

  /** The labels, for messages. */
  String labels() {
    return blocks.stream().map(Block::label).distinct().toList().toString();
  }
}
