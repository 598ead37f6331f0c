package dev.leantea.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(plain.files()).isEmpty();
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
        "serve --host --port",
        "serve --port 1 --port 2"
      })
  void plain_anythingElse_isForPicocli(String line) {
    assertThat(Serving.plain(line.split(" "))).isEmpty();
  }
}
