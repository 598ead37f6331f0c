package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing is written in the digits or the letters of the JVM's default locale: a client reads
 * numbers in ASCII. {@code LocaleContract} asks a server.
 */
class LocaleTest {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
  private static final Pattern NUMBER_FORMAT = Pattern.compile("%[-+0-9,.#( ]*[dfeg]");
  private static final Pattern FORMATTING =
      Pattern.compile("\\.formatted\\(|\\bformat\\(|printf\\(");
  private static final Pattern CASE = Pattern.compile("to(Lower|Upper)Case\\(\\)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "framework/src/main/java",
        "backend-reactor/src/main/java",
        "backend-netty/src/main/java",
        "backend-blocking/src/main/java",
        "bench-app/src/main/java/dev/leantea/bench/serve"
      })
  void sources_namesTheLocale_whereItMatters(String folder) throws IOException {
    var faults = new ArrayList<String>();
    List<Path> sources = SourceFiles.java(folder);
    assertThat(sources).isNotEmpty();
    for (Path source : sources) {
      String code = COMMENT.matcher(Files.readString(source)).replaceAll("");
      Stream.of(code.split(";"))
          .filter(LocaleTest::dependsOnTheLocale)
          .forEach(statement -> faults.add(source + ": " + statement.strip()));
    }
    assertThat(faults).isEmpty();
  }

  private static boolean dependsOnTheLocale(String statement) {
    boolean number =
        NUMBER_FORMAT.matcher(statement).find() && FORMATTING.matcher(statement).find();
    return (number && !statement.contains("Locale.ROOT")) || CASE.matcher(statement).find();
  }
}
