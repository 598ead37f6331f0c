package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer copies out of the README works. */
final class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("public class (\\w+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void readme_firstHandler_compiles(@TempDir Path folder) throws Exception {
    Matcher code = JAVA.matcher(readme());
    assertThat(code.find()).isTrue();
    Matcher name = CLASS.matcher(code.group(1));
    assertThat(name.find()).isTrue();
    Path source = folder.resolve(name.group(1) + ".java");
    Files.writeString(source, code.group(1));
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    int status =
        javac.run(
            System.out,
            System.err,
            "--class-path",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-Werror",
            "-d",
            folder.toString(),
            source.toString());
    assertThat(status).isZero();
  }

  @Test
  void readme_commands_areThoseOfCi() throws Exception {
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains(" mvn -B -ntp verify\n");
    assertThat(readme()).contains("\nmvn -B -ntp verify\n");
  }

  @Test
  void readme_links_leadToFiles() throws Exception {
    List<String> links = LINK.matcher(readme()).results().map(it -> it.group(1)).toList();
    assertThat(links).isNotEmpty().allMatch(link -> Files.exists(ROOT.resolve(link)));
  }

  private static String readme() throws Exception {
    return Files.readString(ROOT.resolve("README.md"));
  }
}
