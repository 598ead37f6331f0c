package dev.leantea.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MainTest {
  private record Outcome(int status, String errors) {}

  private static Outcome run(String... arguments) {
    var errors = new StringWriter();
    CommandLine command = Main.commandLine().setErr(new PrintWriter(errors));
    return new Outcome(command.execute(Main.withDefaultCommand(arguments)), errors.toString());
  }

  @Test
  void backend_unknown_isAnErrorThatListsWhatThereIs() {
    Outcome outcome = run("--port", "0", "--backend", "nonsense");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errors())
        .contains("unknown backend nonsense", "reactor[", "netty[", "blocking[", "alias fast");
    assertThat(outcome.errors().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "serve --version", "bench soak -V", "bench idle --version"})
  void version_withoutTheJar_isThatOfDevelopment(String arguments) {
    var output = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(output));
    assertThat(command.execute(arguments.split(" ", -1))).isZero();
    assertThat(output.toString().strip()).isEqualTo("LeanTea development");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 70000                        | port: expected 0 to 65535, got 70000",
        "--port 0 --max-fields 0             | limit fieldCount: expected 1 to 10000, got 0",
        "--port 0 --idle-timeout 0           | limit idleTimeout: expected a positive time",
        "--port 0 --host no-such-host.invalid| expected a name or an address of this machine",
        "--port 0 --fast 0                   | expected blocking[:ACCEPTORS]",
        "--reactor --fast 2                  | mutually exclusive",
      })
  void arguments_wrong_areOneLine(String arguments, String message) {
    Outcome outcome = run(arguments.strip().split(" +"));
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.errors()).contains(message);
    assertThat(outcome.errors().lines()).hasSize(1);
  }
}
