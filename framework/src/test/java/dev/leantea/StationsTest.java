package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The stations of a message in docs/ARCHITECTURE.md are methods that there are. */
final class StationsTest {
  private static final Pattern STATION = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");

  private static String table() throws IOException {
    String page = Files.readString(SourceFiles.ROOT.resolve("docs/ARCHITECTURE.md"));
    int start = page.indexOf("### Stations");
    return page.substring(start, page.indexOf("\n## ", start));
  }

  private static Map<String, String> sources() throws IOException {
    var sources = new HashMap<String, String>();
    for (Path file : SourceFiles.java()) {
      String name = file.getFileName().toString();
      sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
    }
    return sources;
  }

  @Test
  void stations_areMethodsOfTheClassThatTheyName() throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> stations = STATION.matcher(table()).results().toList();
    assertThat(stations).as("stations in docs/ARCHITECTURE.md").hasSizeGreaterThan(20);
    var wrong = new ArrayList<String>();
    for (MatchResult station : stations) {
      // A name without a file is the JDK's or a library's.
      String source = sources.get(station.group(1));
      if (source != null
          && !Pattern.compile("\\b" + station.group(2) + "\\(").matcher(source).find()) {
        wrong.add(station.group());
      }
    }
    assertThat(wrong).isEmpty();
  }
}
