package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/HTTP-SUPPORT.md names cases and tests that exist. */
class HttpSupportPageTest {
  private static final Path PAGE = Path.of("../docs/HTTP-SUPPORT.md");
  private static final Path TESTS = Path.of("src/test/java");

  private static final Pattern CASE = Pattern.compile("`([a-z0-9-]+/[a-z0-9-]+)`");
  private static final Pattern TEST =
      Pattern.compile("`(\\w+(?:Test|Properties|Contract))(?:\\.(\\w+))?`");

  private static List<MatchResult> references(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(PAGE)).results().toList();
  }

  @Test
  void cases_named_exist() throws IOException {
    Set<String> cases =
        WireCases.all().stream().map(WireCase::toString).collect(Collectors.toSet());
    List<String> named = references(CASE).stream().map(it -> it.group(1)).toList();
    assertThat(named).isNotEmpty().isSubsetOf(cases);
  }

  @Test
  void topics_eachIsNamed() throws IOException {
    List<String> named =
        references(CASE).stream().map(it -> it.group(1).replaceFirst("/.*", "")).toList();
    assertThat(named).containsAll(WireCases.TOPICS);
  }

  @Test
  void tests_named_exist() throws IOException {
    List<MatchResult> named = references(TEST);
    assertThat(named).isNotEmpty();
    for (MatchResult reference : named) {
      String source = source(reference.group(1));
      Optional.ofNullable(reference.group(2))
          .ifPresent(method -> assertThat(source).contains("void " + method + "("));
    }
  }

  private static String source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      Path file =
          files
              .filter(it -> it.getFileName().toString().equals(name + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("expected a test class " + name));
      return Files.readString(file);
    }
  }

  @Test
  void differencesBetweenBackends_areNone() throws IOException {
    assertThat(Files.readString(PAGE).strip()).endsWith("|---|---|---|---|");
  }
}
