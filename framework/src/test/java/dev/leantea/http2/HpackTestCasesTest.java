package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The field blocks of the repository http2jp/hpack-test-case, made by 14 encoders: a selection, see
 * {@code hpack/README.md}, and all of them if the environment variable {@value #FOLDER} names a
 * copy. {@link HpackProperties} has an independent encoder for random fields.
 */
class HpackTestCasesTest {
  static final String FOLDER = "HPACK_TEST_CASE";

  /** The lists of fields that the encoders were given. */
  private static final String FIELDS = "raw-data";

  /** Connection-specific fields: HTTP/2 has none (RFC 9113 §8.2.2), and the encoder drops them. */
  private static final String NOT_SENT =
      "(connection|keep-alive|proxy-connection|transfer-encoding|upgrade): .*";

  private static final int MAX_TABLE_BYTES = 16_384;

  private static final ObjectMapper JSON = new ObjectMapper();

  // ---- the selection

  @ParameterizedTest
  @ValueSource(strings = {"00", "02", "24"})
  void selectedBlocks_areDecoded(String story) throws IOException {
    JsonNode selected = selected(story);
    List<List<String>> lists = lists(selected);
    for (Map.Entry<String, JsonNode> encoder : selected.get("wires").properties()) {
      HpackDecoder decoder = Blocks.decoder(MAX_TABLE_BYTES);
      var decoded = new ArrayList<List<String>>();
      for (JsonNode wire : encoder.getValue()) {
        decoded.add(Blocks.decode(decoder, Blocks.hex(wire.asString())));
      }
      assertThat(decoded).as(encoder.getKey()).isEqualTo(lists);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "02", "24"})
  void selectedFields_areEncoded(String story) throws Exception {
    requireEncoded(lists(selected(story)));
  }

  private static JsonNode selected(String story) throws IOException {
    String name = "/hpack/story_" + story + ".json";
    try (InputStream in = HpackTestCasesTest.class.getResourceAsStream(name)) {
      return JSON.readTree(in);
    }
  }

  private static List<List<String>> lists(JsonNode selected) {
    var lists = new ArrayList<List<String>>();
    selected.get("headers").forEach(list -> lists.add(fields(list)));
    return lists;
  }

  // ---- all of them

  @Test
  void allBlocks_areDecoded() throws IOException {
    int blocks = 0;
    for (Path story : stories()) {
      if (!isOf(story, FIELDS)) {
        blocks += decode(story);
      }
    }
    assertThat(blocks).isGreaterThan(47_000);
  }

  @Test
  void allFields_areEncoded() throws Exception {
    int blocks = 0;
    for (Path story : stories()) {
      if (isOf(story, FIELDS)) {
        var lists = new ArrayList<List<String>>();
        cases(story).forEach(each -> lists.add(fields(each.get("headers"))));
        requireEncoded(lists);
        blocks += lists.size();
      }
    }
    assertThat(blocks).isGreaterThan(3_300);
  }

  private static boolean isOf(Path story, String encoder) {
    return story.getName(story.getNameCount() - 2).toString().equals(encoder);
  }

  private static List<Path> stories() throws IOException {
    Optional<String> folder = Optional.ofNullable(System.getenv(FOLDER));
    assumeTrue(folder.isPresent(), FOLDER + " names no copy of http2jp/hpack-test-case");
    try (Stream<Path> files = Files.walk(Path.of(folder.orElseThrow()), 2)) {
      return files.filter(it -> it.getFileName().toString().matches("story_\\d+\\.json")).toList();
    }
  }

  private static JsonNode cases(Path story) throws IOException {
    return JSON.readTree(Files.readAllBytes(story)).get("cases");
  }

  /** Decodes the blocks of one connection, and returns their number. */
  private static int decode(Path story) throws IOException {
    HpackDecoder decoder = Blocks.decoder(MAX_TABLE_BYTES);
    JsonNode cases = cases(story);
    for (JsonNode each : cases) {
      byte[] block = Blocks.hex(each.get("wire").asString());
      assertThat(Blocks.decode(decoder, block))
          .as(story.toString())
          .isEqualTo(fields(each.get("headers")));
    }
    return cases.size();
  }

  // ---- fields

  /** The blocks that our encoder makes are read by our decoder, and by Netty's. */
  private static void requireEncoded(List<List<String>> lists) throws Exception {
    var encoder = new HpackEncoder();
    HpackDecoder decoder = Blocks.decoder(HpackEncoder.MAX_TABLE_BYTES);
    var peer = new NettyPeer();
    for (List<String> list : lists) {
      byte[] block = encode(encoder, list);
      List<String> sent = list.stream().filter(line -> !line.matches(NOT_SENT)).toList();
      assertThat(Blocks.decode(decoder, block)).isEqualTo(sent);
      assertThat(peer.decode(block)).containsExactlyInAnyOrderElementsOf(sent); // :status first
    }
  }

  private static byte[] encode(HpackEncoder encoder, List<String> list) {
    int bound = HpackEncoder.MAX_OWN_BYTES;
    for (String line : list) {
      bound += HpackEncoder.bound(line, "");
    }
    byte[] array = new byte[bound];
    encoder.begin(array, 0);
    for (String line : list) {
      int colon = line.indexOf(": ");
      encoder.field(line.substring(0, colon), line.substring(colon + 2));
    }
    return Arrays.copyOf(array, encoder.end());
  }

  private static List<String> fields(JsonNode list) {
    var fields = new ArrayList<String>();
    for (JsonNode field : list) {
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
