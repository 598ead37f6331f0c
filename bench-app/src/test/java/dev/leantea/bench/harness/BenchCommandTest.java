package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.Main;
import dev.leantea.bench.harness.report.IdleSample;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.Results;
import dev.leantea.bench.harness.report.Sample;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.harness.server.Programs;
import dev.leantea.bench.harness.server.ServerStarter;
import dev.leantea.conformance.Requirement;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real short runs: there are figures, and nothing is asserted of how large they are. */
final class BenchCommandTest {
  private static final int ENDLESS = -1;
  private static final String SHORT = "--wrk local --warm-up 1 --seconds 1 ";

  @TempDir Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void requireWrk() {
    Requirement.require(Programs.onPath("wrk"), "wrk on PATH");
  }

  /** Runs {@code bench} with words that are separated by spaces, and some that may have spaces. */
  private int bench(String words, String... more) {
    String own = "bench " + words + " --out " + folder;
    List<String> arguments = new ArrayList<>(List.of(own.split(" ", -1)));
    arguments.addAll(List.of(more));
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private Results results() throws BenchException {
    return ResultFile.read(folder.resolve("bench.json"));
  }

  private static String peer(String name, int port, int requests) {
    List<String> command =
        List.of(
            JavaCommand.tool("java"),
            "-cp",
            System.getProperty("java.class.path"),
            PeerServer.class.getName(),
            Integer.toString(port),
            Integer.toString(requests));
    return name + "=" + port + ":exec " + String.join(" ", command);
  }

  @Test
  void bench_http2_givesFiguresOfStreams() throws Exception {
    Requirement.require(Programs.onPath("nginx"), "nginx on PATH");
    Requirement.require(Programs.onPath("h2load"), "h2load on PATH");
    String load = "--http2 --routes /health --connections 4 --pipeline 8 --rounds 1";
    int status = bench(SHORT + load + " --servers reactor:nio,nginx");
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(results().samples())
        .hasSize(2)
        .allSatisfy(
            sample -> {
              assertThat(sample.figures().requests()).isPositive();
              assertThat(sample.figures().errors().total()).isZero();
              assertThat(sample.cpuMicros()).isPositive();
            });
    assertThat(out.toString()).contains("/health c4 ×8", "CPU vs nginx");
    assertThat(folder.resolve("bench.html")).content().contains("h2load -t", "-c4 -m8");
  }

  @Test
  void bench_leanTeaAndNginx_givesFiguresAndRatios() throws Exception {
    Requirement.require(Programs.onPath("nginx"), "nginx on PATH");
    int status =
        bench(SHORT + "--servers blocking,nginx --routes /json --connections 8 --rounds 2");
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(results().samples()).hasSize(4).allSatisfy(BenchCommandTest::plausible);
    assertThat(out.toString()).contains("/json c8", "blocking", "CPU vs nginx");
    assertThat(folder.resolve("bench.html")).content().contains("--bar: 100.0%", "nginx -p nginx-");
    for (String file : List.of("bench.json", "bench.html")) {
      assertThat(folder.resolve(file))
          .content()
          .doesNotContain(places().toArray(String[]::new))
          .contains("serve", "blocking");
    }
  }

  /** Folders of this machine, which no report may name. */
  private static List<String> places() {
    return Stream.of("java.home", "user.dir", "java.io.tmpdir")
        .map(name -> System.getProperty(name) + "/")
        .toList();
  }

  @Test
  void bench_bareNetty_takesPartInItsOwnRouteOnly() throws Exception {
    int status =
        bench(
            SHORT
                + "--servers netty,bare-netty --baseline bare-netty --routes /health,/json --rounds 1");
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(results().samples()).hasSize(3).allSatisfy(BenchCommandTest::plausible);
    assertThat(results().notes()).noneMatch(note -> note.contains("bare-netty"));
    assertThat(out.toString()).contains("netty, /health c128: CPU to bare-netty");
  }

  private static void plausible(Sample sample) {
    assertThat(sample.figures().requests()).isPositive();
    assertThat(sample.cpuMicros()).isPositive();
    assertThat(sample.p99Micros()).isGreaterThanOrEqualTo(sample.p50Micros());
    assertThat(sample.peakRssBytes()).isPositive();
    assertThat(sample.figures().errors().total()).isZero();
  }

  @Test
  void bench_pipelinedPeerAsBaseline_isComparedWithItself() throws Exception {
    int port = ServerStarter.freePort();
    int status =
        bench(
            SHORT
                + "--servers blocking --baseline jdk --routes /health --pipeline 4 --rounds 1 --placement shared",
            "--peer",
            peer("jdk", port, ENDLESS));
    assertThat(status).isZero();
    assertThat(results().measuredServers()).containsExactly("blocking", "jdk");
    assertThat(out.toString()).contains("/health c128 ×4 unpinned", "1.00 (1.00–1.00)");
  }

  @Test
  void bench_peerDiesMidway_keepsTheOthersAndFails() throws Exception {
    // It may end during the warm-up or later: there is one line, and the other server's figures
    // stay.
    int status =
        bench(
            SHORT + "--servers blocking --routes /health --connections 8 --rounds 2",
            "--peer",
            peer("mortal", ServerStarter.freePort(), 50));
    assertThat(status).isEqualTo(1);
    assertThat(results().failures())
        .singleElement()
        .asString()
        .startsWith("mortal: left out from here on")
        .contains("ended with status 3; its output ends: giving up");
    assertThat(results().samples()).hasSize(2);
  }

  @Test
  void bench_wrongPort_isOneLineAndKeepsTheOthers() throws Exception {
    int port = ServerStarter.freePort();
    int status =
        bench(
            SHORT + "--servers blocking --start-timeout 15 --routes /health --rounds 1",
            "--peer",
            "lost=" + port + ":exec sleep 60");
    assertThat(status).isEqualTo(1);
    assertThat(results().failures())
        .singleElement()
        .asString()
        .startsWith("lost: expected 200 from /health on port " + port + " within 15 s");
    assertThat(results().samples()).hasSize(1);
  }

  @Test
  void bench_routeThatAServerLacks_isLeftOutWithANote() throws Exception {
    int status = bench(SHORT + "--servers blocking --routes /health,/none --rounds 1");
    assertThat(status).isZero();
    assertThat(results().samples()).hasSize(1);
    assertThat(results().notes()).anyMatch(note -> note.contains("expected 200 from /none, got"));
  }

  @Test
  void bench_baselineJar_comparesEachBackendWithTheOlderBuild() throws Exception {
    int status =
        bench(
            SHORT + "--servers blocking --routes /health --rounds 1",
            "--baseline-jar",
            olderBuild().toString());
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(results().measuredServers()).containsExactly("blocking", "blocking@before");
    assertThat(results().samples()).allSatisfy(BenchCommandTest::plausible);
    assertThat(out.toString()).contains("CPU to before", "blocking@before");
  }

  /** A runnable jar that names the classes under test. */
  private Path olderBuild() throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    main.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(path -> Path.of(path).toUri().toString())
            .collect(Collectors.joining(" ")));
    Path jar = folder.resolve("older.jar");
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
    return jar;
  }

  @Test
  void bench_baselineJarThatIsNotThere_isOneLine() {
    assertThat(bench("--baseline-jar no-such.jar")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("bench: --baseline-jar: expected a jar, got no-such.jar");
  }

  @Test
  void bench_unknownPlaceOfWrk_isOneLine() {
    assertThat(bench("--wrk moon")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("bench: --wrk: expected auto, docker or local, got moon");
  }

  @Test
  void idle_backend_givesBytesPerConnection() throws Exception {
    int status =
        bench("idle --servers blocking --connections 200 --rounds 1 --seconds 1 --wrk local");
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    IdleSample sample = ResultFile.read(folder.resolve("idle.json")).idle().getFirst();
    assertThat(sample.connections()).isEqualTo(200);
    assertThat(sample.heapBytes()).isPositive();
    assertThat(sample.figures().perSecond()).isPositive();
    assertThat(sample.errors()).isZero();
  }

  @Test
  void start_backend_givesTimes() throws Exception {
    int status = bench("start --servers blocking --rounds 1");
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    Results results = ResultFile.read(folder.resolve("start.json"));
    assertThat(results.starts()).hasSize(1);
    // This program's classes are in a folder: the JVM makes a cache of jars only.
    assertThat(results.notes()).anyMatch(note -> note.contains("AOT cache needs the runnable jar"));
    assertThat(results.starts()).allSatisfy(sample -> assertThat(sample.millis()).isPositive());
  }

  @Test
  void bench_terminatedMidway_leavesNoProcessAndNoFile() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    String words = "bench --servers blocking --wrk local --routes /health --seconds 60 --rounds 9";
    List<String> arguments = new ArrayList<>(List.of(words.split(" ", -1)));
    arguments.addAll(List.of("--out", folder.toString()));
    List<String> command = JavaCommand.self(List.of("-Djava.io.tmpdir=" + temporary), arguments);
    Process bench = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<ProcessHandle> children;
    try (BufferedReader lines = bench.inputReader()) {
      children = awaitServerAndWrk(bench);
      bench.toHandle().destroy(); // not Process.destroy, which closes what is read here
      assertThat(lines.lines().filter(line -> line.contains("left out")).toList()).isEmpty();
    }
    assertThat(bench.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(bench.exitValue()).isEqualTo(143);
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    for (ProcessHandle child : children) {
      assertThat(child.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("leantea-bench-"));
    }
  }

  /** Polls the list of processes. */
  private static List<ProcessHandle> awaitServerAndWrk(Process bench) {
    List<ProcessHandle> children = List.of();
    while (bench.isAlive() && !(runs(children, "/java") && runs(children, "/wrk"))) {
      children = bench.descendants().toList();
    }
    return children;
  }

  private static boolean runs(List<ProcessHandle> processes, String program) {
    return processes.stream()
        .anyMatch(process -> process.info().command().orElse("").endsWith(program));
  }
}
