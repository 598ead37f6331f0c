package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.Main;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.Results;
import dev.leantea.bench.harness.report.Sample;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.harness.server.Programs;
import dev.leantea.bench.harness.server.ServerStarter;
import dev.leantea.conformance.Requirement;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real short runs of {@code bench db}, each with a PostgreSQL of its own. */
final class DatabaseCommandTest {
  private static final String SHORT =
      "bench db --wrk local --warm-up 1 --seconds 1 --rounds 1 --connections 4 --pool 2 ";

  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void requirePrograms() {
    for (String program : List.of("wrk", "nginx")) {
      Requirement.require(Programs.onPath(program), program + " on PATH");
    }
    Requirement.require(Files.isDirectory(Path.of("/usr/lib/postgresql")), "postgresql");
  }

  private int bench(String words, String... more) {
    var arguments = new ArrayList<>(List.of((SHORT + words + " --out " + folder).split(" ", -1)));
    arguments.addAll(List.of(more));
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private Results results() {
    return ResultFile.read(folder.resolve("db.json"));
  }

  /** A command that starts another main class. */
  private static String java(Class<?> main, String arguments) {
    String classPath = System.getProperty("java.class.path");
    return "exec %s -cp '%s' %s %s"
        .formatted(JavaCommand.tool("java"), classPath, main.getName(), arguments);
  }

  @Test
  void backendPeerAndNginx_areCheckedAndMeasuredOnAllRoutes() throws Exception {
    int port = ServerStarter.freePort();
    String serve =
        "serve --backend blocking --port %d --database $DATABASE_URL --upstream $UPSTREAM_URL"
            .formatted(port);
    int status =
        bench(
            "--servers reactor:nio,nginx --baseline peer",
            "--peer",
            "peer=" + port + ":" + java(Main.class, serve));
    assertThat(err.toString()).isEmpty();
    assertThat(results().failures()).isEmpty();
    assertThat(status).isZero();
    assertThat(results().measuredServers()).containsExactly("reactor:nio", "peer", "nginx");
    assertThat(results().samples()).hasSize(2 * 5 + 1);
    assertThat(results().samples()).allSatisfy(DatabaseCommandTest::requireMeasured);
    assertThat(out.toString())
        .contains("/db c4", "/queries c4", "/fortunes c4", "/updates c4", "/upstream c4")
        .contains("CPU vs peer");
  }

  private static void requireMeasured(Sample sample) {
    assertThat(sample.figures().requests()).isPositive();
    assertThat(sample.figures().errors().total()).isZero();
    assertThat(sample.cpuMicros()).isPositive();
  }

  @Test
  void peerWithWrongAnswers_isLeftOutAndFailsTheRun() throws Exception {
    int port = ServerStarter.freePort();
    int status =
        bench(
            "--servers blocking --routes /db,/fortunes",
            "--peer",
            "liar=" + port + ":" + java(PeerServer.class, port + " -1"));
    assertThat(status).isEqualTo(1);
    assertThat(results().measuredServers()).containsExactly("blocking");
    assertThat(results().failures())
        .hasSize(2)
        .contains("liar: /db: expected rows of world in JSON, got ok; left out")
        .anyMatch(it -> it.matches("liar: /fortunes: expected .*, got \\[]; left out"));
  }
}
