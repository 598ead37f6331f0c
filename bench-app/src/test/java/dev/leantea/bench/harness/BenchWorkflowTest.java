package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.report.History;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.harness.server.Programs;
import dev.leantea.conformance.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Runs the commands of {@code .github/workflows/bench.yml}, unchanged, in a clone of a small
 * repository. Only the environment differs: a shorter run, and this program's classes instead of
 * its jar. The one step that is somebody else's action is done by {@code bench track --append}.
 */
final class BenchWorkflowTest {
  private static final Path WORKFLOW = Path.of("../.github/workflows/bench.yml");

  @TempDir Path folder = Path.of("");

  private JsonNode workflow = YAMLMapper.shared().createObjectNode();

  @BeforeEach
  void read() throws IOException {
    workflow = YAMLMapper.shared().readTree(Files.readAllBytes(WORKFLOW));
  }

  private JsonNode step(String id) {
    return StreamSupport.stream(
            workflow.path("jobs").path("bench").path("steps").spliterator(), false)
        .filter(step -> step.path("id").asString("").equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void workflow_trigger_ignoresItsOwnCommit() {
    JsonNode push = workflow.path("on").path("push");
    assertThat(push.path("branches").path(0).asString()).isEqualTo("main");
    assertThat(push.path("paths-ignore").path(0).asString()).isEqualTo("bench-data/**");
  }

  @Test
  void workflow_job_isNotForForks() {
    assertThat(workflow.path("jobs").path("bench").path("if").asString())
        .isEqualTo("github.repository == 'leantea/leantea'");
  }

  @Test
  void workflows_actions_haveOneVersionEach() throws IOException {
    Map<String, Set<String>> versions = new TreeMap<>();
    try (Stream<Path> files = Files.list(WORKFLOW.resolveSibling(""))) {
      for (Path file : files.toList()) {
        Pattern.compile("uses: ([^@\\s]+)@(\\S+)")
            .matcher(Files.readString(file))
            .results()
            .forEach(
                use ->
                    versions.computeIfAbsent(use.group(1), _ -> new TreeSet<>()).add(use.group(2)));
      }
    }
    assertThat(versions).containsKey("actions/checkout");
    assertThat(versions.values()).allSatisfy(each -> assertThat(each).hasSize(1));
  }

  @Test
  void workflow_action_readsWhatTrackWrites() {
    JsonNode with = step("history").path("with");
    assertThat(step("track").path("run").asString())
        .contains("--payload " + with.path("output-file-path").asString());
    assertThat(with.path("name").asString()).isEqualTo(History.SUITE);
    assertThat(with.path("tool").asString()).isEqualTo("customBiggerIsBetter");
    assertThat(with.path("external-data-json-path").asString())
        .isEqualTo("bench-data/http-bench.json");
    assertThat(with.path("comment-on-alert").asBoolean()).isFalse(); // it compares req/s, too
    assertThat(with.path("fail-on-alert").asBoolean()).isFalse();
  }

  @Test
  void workflow_commands_measureTrackAndPush() throws Exception {
    Requirement.require(Programs.onPath("wrk"), "wrk on PATH");
    Requirement.require(Programs.onPath("nginx"), "nginx on PATH");
    Path clone = cloneOfASmallRepository();

    run(clone, step("measure").path("run").asString());
    run(clone, step("track").path("run").asString());
    assertThat(clone.resolve("bench-results/payload.json"))
        .content()
        .contains("blocking /health c8 req/s vs nginx");
    assertThat(folder.resolve("summary.md")).content().contains("verdict: ", " 0 alerts");

    run(clone, "$BENCH track --append");
    run(clone, step("commit").path("run").asString());
    assertThat(git("git -C origin.git log --format=%s main"))
        .startsWith("bench: figures of ")
        .contains("[skip ci]", "first");
    assertThat(git("git -C origin.git show main:bench-data/http-bench.json"))
        .contains(History.SUITE, "customBiggerIsBetter");
  }

  @Test
  void track_worseThanTheBest_alertsAndStillSucceeds() throws Exception {
    Requirement.require(Programs.onPath("wrk"), "wrk on PATH");
    Requirement.require(Programs.onPath("nginx"), "nginx on PATH");
    Path clone = cloneOfASmallRepository();
    run(clone, step("measure").path("run").asString());
    run(clone, "$BENCH track --append");
    Path history = clone.resolve("bench-data/http-bench.json");
    String faster = Files.readString(history).replace("\"value\" : ", "\"value\" : 9");
    Files.writeString(history, faster);
    run(clone, "git commit -q --allow-empty -m second");
    run(clone, step("track").path("run").asString());
    assertThat(folder.resolve("summary.md"))
        .content()
        .contains("alert: blocking /health c8 CPU", "of the best before")
        .doesNotContain("alert: blocking /health c8 req/s:", "alert: nginx");
    run(clone, step("alert").path("run").asString());
    assertThat(folder.resolve("gh.txt"))
        .content()
        .contains("api repos/leantea/leantea/commits/0123456789/comments", "- alert: ");
  }

  /** With a bare origin beside it, whose branch is main. */
  private Path cloneOfASmallRepository() throws Exception {
    git("git init -q --bare -b main origin.git && git clone -q origin.git clone");
    Path clone = folder.resolve("clone");
    Files.writeString(clone.resolve(".gitignore"), "bench-results/\n");
    run(
        clone,
        "git config user.name a && git config user.email a@example.org && git checkout -q -B main"
            + " && git add . && git commit -q -m first && git push -q origin main");
    return clone;
  }

  private String git(String command) throws Exception {
    return run(folder, command);
  }

  /** As the runner does: {@code bash --noprofile --norc -eo pipefail}. */
  private String run(Path where, String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command))
            .directory(where.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs("%s%n%s", command, output).isZero();
    return output;
  }

  /** In place of GitHub's own: records its arguments and the body that it would send. */
  private Path gitHubClient() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path program = bin.resolve("gh");
    Files.writeString(
        program,
        "#!/bin/sh\necho \"$@\" >> %1$s\ncat \"${4#body=@}\" >> %1$s\n"
            .formatted(folder.resolve("gh.txt")));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return bin;
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : workflow.path("env").properties()) {
      environment.put(entry.getKey(), entry.getValue().asString());
    }
    List<String> bench = new ArrayList<>(JavaCommand.self(List.of(), List.of("bench")));
    environment.put("BENCH", String.join(" ", bench));
    environment.put(
        "BENCH_ARGUMENTS",
        "--servers blocking,nginx --routes /health --connections 8 --rounds 1 --seconds 1 --warm-up 1");
    environment.put("LEANTEA_BENCH_WRK", "local");
    environment.put("GITHUB_REPOSITORY", "leantea/leantea");
    environment.put("GITHUB_SHA", "0123456789");
    environment.put("PATH", gitHubClient() + ":" + System.getenv("PATH"));
    environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
    return environment;
  }
}
