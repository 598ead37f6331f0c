package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/HTTP-SUPPORT.md names cases and tests that exist. */
class HttpSupportPageTest {
  private static final PageReferences PAGE = new PageReferences(Path.of("../docs/HTTP-SUPPORT.md"));

  private static final Pattern TEST =
      Pattern.compile("`(\\w+(?:Test|Properties|Contract))(?:\\.(\\w+))?`");

  @Test
  void cases_named_exist() throws IOException {
    Set<String> cases =
        WireCases.all().stream().map(WireCase::toString).collect(Collectors.toSet());
    assertThat(PAGE.cases()).isNotEmpty().isSubsetOf(cases);
  }

  @Test
  void topics_eachIsNamed() throws IOException {
    List<String> named = PAGE.cases().stream().map(it -> it.replaceFirst("/.*", "")).toList();
    assertThat(named).containsAll(WireCases.TOPICS);
  }

  @Test
  void tests_named_exist() throws IOException {
    assertThat(PAGE.requireTests(TEST)).isPositive();
  }

  @Test
  void differencesBetweenBackends_areNone() throws IOException {
    assertThat(Files.readString(PAGE.page()).strip()).endsWith("|---|---|---|---|");
  }
}
