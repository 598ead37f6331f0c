package dev.leantea.bench.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AsTypedTest {
  private final AsTyped typed = new AsTyped(Path.of("/var/tmp/leantea-bench-1"));

  @Test
  void words_ownProgram_areJavaAndWhatFollows() {
    assertThat(typed.words(JavaCommand.self(List.of("-Xmx64m"), List.of("serve", "--port", "0"))))
        .startsWith("java", "-Xmx64m")
        .endsWith("-cp", "CLASSPATH", "dev.leantea.bench.Main", "serve", "--port", "0");
  }

  @Test
  void words_temporaryFiles_areNames() {
    assertThat(
            typed.words(
                List.of("nginx", "-p", "/var/tmp/leantea-bench-1/nginx-1", "http://h:1/json")))
        .containsExactly("nginx", "-p", "nginx-1", "http://h:1/json");
  }

  @Test
  void line_fileInTheWorkingDirectory_isRelative() {
    String file = Path.of("").toAbsolutePath().resolve("target/bench.json").toString();
    assertThat(typed.line("cannot write " + file)).isEqualTo("cannot write target/bench.json");
  }

  @Test
  void line_routes_stay() {
    assertThat(typed.line("--routes /health,/health/blocking"))
        .isEqualTo("--routes /health,/health/blocking");
  }
}
