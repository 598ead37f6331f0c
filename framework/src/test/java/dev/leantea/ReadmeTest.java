package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
  void readme_classes_compile(@TempDir Path folder) throws Exception {
    List<String> classes = classes();
    assertThat(classes).hasSizeGreaterThanOrEqualTo(3);
    for (String code : classes) {
      assertThat(errors(folder, code)).as(code).isEmpty();
    }
  }

  /** So the test above runs the annotation processor. */
  @Test
  void readme_pageWithAWrongPath_doesNotCompile(@TempDir Path folder) throws Exception {
    String route = "@Path(\"/users/{id}\")";
    String site = classes().stream().filter(it -> it.contains(route)).findFirst().orElseThrow();
    assertThat(errors(folder, site.replace(route, "@Path(\"/users/{nr}\")")))
        .contains("error: route User: expected a component for {nr}, got (id)");
  }

  /** The examples that are whole classes. */
  private static List<String> classes() throws Exception {
    return JAVA.matcher(readme())
        .results()
        .map(block -> block.group(1))
        .filter(code -> CLASS.matcher(code).find())
        .toList();
  }

  /** As an application's build does, with the annotation processor. */
  private static String errors(Path folder, String code) throws Exception {
    Matcher name = CLASS.matcher(code);
    assertThat(name.find()).isTrue();
    Path source = folder.resolve(name.group(1) + ".java");
    Files.writeString(source, code);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    var errors = new StringWriter();
    int status =
        javac.run(
            new PrintWriter(errors),
            new PrintWriter(errors),
            "--class-path",
            System.getProperty("java.class.path"),
            "-proc:full",
            "-Werror",
            "-d",
            folder.toString(),
            source.toString());
    assertThat(errors.toString().isEmpty()).isEqualTo(status == 0);
    return errors.toString();
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
