package dev.leantea.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.server.JavaCommand;
import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ServingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "serve --port 0",
        "serve --backend blocking --port 81 --host 0.0.0.0",
        "serve --host localhost --backend fast:3"
      })
  void plain_fewOptions_areReadAsPicocliReadsThem(String line) {
    List<String> arguments = List.of(line.split(" "));
    var command = new ServeCommand();
    List<String> options = arguments.subList(1, arguments.size());
    var _ = new CommandLine(command).parseArgs(options.toArray(String[]::new));
    Serving plain = Serving.plain(arguments.toArray(String[]::new)).orElseThrow();
    Serving expected = command.serving();
    assertThat(plain.config()).usingRecursiveComparison().isEqualTo(expected.config());
    assertThat(plain.backend()).isEqualTo(expected.backend());
    assertThat(plain.additions()).isEqualTo(expected.additions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve --port 0", "serve --port 0 --dashboard --backend blocking"})
  void run_sigterm_drainsAndEndsWithStatusZero(String line) throws Exception {
    List<String> command = JavaCommand.self(List.of(), List.of(line.split(" ")));
    Process server = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    try (BufferedReader lines = server.inputReader()) {
      assertThat(lines.readLine()).startsWith("leantea: http://127.0.0.1:");
      server.toHandle().destroy(); // not Process.destroy, which closes what is read here
      assertThat(lines.lines()).isEmpty();
      assertThat(server.waitFor()).isZero();
    } finally {
      server.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench start",
        "serve --help",
        "serve --port",
        "serve --port=8080",
        "serve --port x",
        "serve --port -1",
        "serve --port 65536",
        "serve --backend none",
        "serve --backend netty --reactor",
        "serve --files . --port 1",
        "serve --with id",
        "serve --host --port",
        "serve --port 1 --port 2"
      })
  void plain_anythingElse_isForPicocli(String line) {
    assertThat(Serving.plain(line.split(" "))).isEmpty();
  }
}
