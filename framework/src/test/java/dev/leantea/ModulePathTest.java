package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small modular application, compiled and started as a user would. */
class ModulePathTest {
  private static final String DESCRIPTOR =
      """
      module tiny {
        requires dev.leantea;
      }
      """;

  private static final String APPLICATION =
      """
      package tiny;

      import dev.leantea.http.*;
      import dev.leantea.routing.Router;
      import dev.leantea.typed.Path;
      import dev.leantea.typed.Routes;
      import java.lang.invoke.MethodHandles;

      public class Main {
        sealed interface Page {
          @Path("/users/{id}") record User(long id) implements Page {}
        }

        public static void main(String[] arguments) throws Exception {
          Routes<Page> pages = Routes.of(MethodHandles.lookup(), Page.class);
          Router router =
              Router.builder().typed(pages, (page, _) -> Response.text(200, pages.path(page))).build();
          String body = router.handle(Request.of(Method.GET, "/users/42")).bodyText();
          boolean compiler = ModuleLayer.boot().findModule("java.compiler").isPresent();
          System.out.println(body + " java.compiler=" + compiler);
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void application_withoutTheCompilersModule_runs() throws Exception {
    assertThat(compile(APPLICATION)).isEmpty();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules=tiny",
                "--module-path",
                classes() + File.pathSeparator + runtime(),
                "--module",
                "tiny/tiny.Main")
            .redirectErrorStream(true)
            .start();
    try (var out = process.inputReader()) {
      assertThat(out.lines()).containsExactly("/users/42 java.compiler=false");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void processor_ofAModularApplication_isFoundOnTheProcessorModulePath() throws IOException {
    assertThat(compile(APPLICATION.replace("(long id)", "(long number)")))
        .contains("route User: expected a component for {id}, got (number)");
  }

  private Path classes() {
    return folder.resolve("classes");
  }

  /** Compiles the application; returns what the compiler said. */
  private String compile(String application) throws IOException {
    Path descriptor = Files.writeString(folder.resolve("module-info.java"), DESCRIPTOR);
    Path main = Files.writeString(folder.resolve("Main.java"), application);
    var said = new StringWriter();
    var out = new PrintWriter(said);
    ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(
            out,
            out,
            "--module-path",
            runtime(),
            "--processor-module-path",
            runtime(),
            "-d",
            classes().toString(),
            descriptor.toString(),
            main.toString());
    return said.toString();
  }

  /** The framework and what it needs, as a user's build would put them on the path. */
  private static String runtime() {
    List<String> entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    entry.endsWith(Path.of("framework", "target", "classes").toString())
                        || entry.matches(
                            ".*(tools.jackson.core|jackson-annotations|jspecify).*\\.jar"))
            .toList();
    assertThat(entries).hasSize(5);
    return entries.stream().collect(Collectors.joining(File.pathSeparator));
  }
}
