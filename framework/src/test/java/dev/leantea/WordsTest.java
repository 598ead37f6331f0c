package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sources and pages use the standard terms: bytes, max and min, logged or notified. */
class WordsTest {
  /** The media type {@code application/octet-stream} is named so. */
  private static final Pattern REFUSED =
      Pattern.compile("(?i:octet(?![-_]?stream))|\\b(MOST|LEAST)_|\\bis told\\b|\\bUNSAID\\b");

  @Test
  void sourcesAndPages_useTheStandardTerms() throws IOException {
    List<Path> texts = new ArrayList<>(SourceFiles.java());
    texts.removeIf(path -> path.endsWith("WordsTest.java"));
    texts.addAll(SourceFiles.pages());
    assertThat(texts).hasSizeGreaterThan(300);
    var found = new ArrayList<String>();
    for (Path text : texts) {
      addRefused(text, found);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void octet_isRefused_andTheMediaTypeIsNot() {
    assertThat(REFUSED.matcher("MAX_OCTETS").find()).isTrue();
    assertThat(REFUSED.matcher("MediaType.OCTET_STREAM of application/octet-stream").find())
        .isFalse();
  }

  private static void addRefused(Path text, List<String> found) throws IOException {
    List<String> lines = Files.readAllLines(text);
    for (int i = 0; i < lines.size(); i++) {
      if (REFUSED.matcher(lines.get(i)).find()) {
        found.add(SourceFiles.ROOT.relativize(text) + ":" + (i + 1) + ": " + lines.get(i).strip());
      }
    }
  }
}
