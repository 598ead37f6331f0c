package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The field blocks of the repository http2jp/hpack-test-case, made by 14 encoders, if the
 * environment variable {@value #FOLDER} names a copy of it. {@link HpackProperties} has an
 * independent encoder without it.
 */
class HpackTestCasesTest {
  static final String FOLDER = "HPACK_TEST_CASE";

  private static final int MAX_TABLE_BYTES = 16_384;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void allBlocks_areDecoded() throws IOException {
    Optional<String> folder = Optional.ofNullable(System.getenv(FOLDER));
    assumeTrue(folder.isPresent(), FOLDER + " names no copy of http2jp/hpack-test-case");
    int blocks = 0;
    for (Path story : stories(Path.of(folder.orElseThrow()))) {
      blocks += decode(story);
    }
    assertThat(blocks).isGreaterThan(10_000);
  }

  private static List<Path> stories(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(it -> it.getFileName().toString().matches("story_\\d+\\.json"))
          .filter(it -> !it.startsWith(folder.resolve("raw-data")))
          .toList();
    }
  }

  /** Decodes the blocks of one connection, and returns their number. */
  private static int decode(Path story) throws IOException {
    HpackDecoder decoder = Blocks.decoder(MAX_TABLE_BYTES);
    JsonNode cases = JSON.readTree(Files.readAllBytes(story)).get("cases");
    for (JsonNode each : cases) {
      byte[] block = Blocks.hex(each.get("wire").asString());
      assertThat(Blocks.decode(decoder, block)).as(story.toString()).isEqualTo(fields(each));
    }
    return cases.size();
  }

  private static List<String> fields(JsonNode block) {
    var fields = new ArrayList<String>();
    for (JsonNode field : block.get("headers")) {
      field
          .properties()
          .forEach(it -> fields.add(bytes(it.getKey() + ": " + it.getValue().asString())));
    }
    return fields;
  }

  /** The files have text, the blocks its bytes in UTF-8. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
