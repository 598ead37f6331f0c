package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sources and pages use the standard terms: bytes, max and min, logged or notified. */
class WordsTest {
  /** Tests run in their module's folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The media type {@code application/octet-stream} is named so. */
  private static final Pattern REFUSED =
      Pattern.compile("(?i:octet(?![-_]?stream))|\\b(MOST|LEAST)_|\\bis told\\b|\\bUNSAID\\b");

  @Test
  void sourcesAndPages_useTheStandardTerms() throws IOException {
    try (Stream<Path> tree = Files.walk(ROOT)) {
      List<Path> texts = tree.filter(WordsTest::isText).toList();
      assertThat(texts).hasSizeGreaterThan(300);
      var found = new ArrayList<String>();
      for (Path text : texts) {
        addRefused(text, found);
      }
      assertThat(found).isEmpty();
    }
  }

  @Test
  void octet_isRefused_andTheMediaTypeIsNot() {
    assertThat(REFUSED.matcher("MAX_OCTETS").find()).isTrue();
    assertThat(REFUSED.matcher("MediaType.OCTET_STREAM of application/octet-stream").find())
        .isFalse();
  }

  private static boolean isText(Path path) {
    Path relative = ROOT.relativize(path);
    String name = path.toString();
    boolean isSource = name.endsWith(".java") && relative.startsWith(relative.getName(0) + "/src");
    boolean isPage =
        name.endsWith(".md") && (relative.getNameCount() == 1 || relative.startsWith("docs"));
    return (isSource || isPage) && !path.endsWith("WordsTest.java");
  }

  private static void addRefused(Path text, List<String> found) throws IOException {
    List<String> lines = Files.readAllLines(text);
    for (int i = 0; i < lines.size(); i++) {
      if (REFUSED.matcher(lines.get(i)).find()) {
        found.add(ROOT.relativize(text) + ":" + (i + 1) + ": " + lines.get(i).strip());
      }
    }
  }
}
