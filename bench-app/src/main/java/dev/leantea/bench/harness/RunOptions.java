package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Report;
import dev.leantea.bench.harness.report.ResultFile;
import dev.leantea.bench.harness.report.Results;
import dev.leantea.bench.harness.server.ProcessTree;
import dev.leantea.bench.harness.server.Programs;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of all measuring commands, and the run that they describe. */
class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private static final List<String> ONE_OF_EACH_KIND =
      List.of("reactor:io_uring", "reactor:nio", "netty", "blocking", ServerSpec.NGINX);
  private static final List<String> ALL_OTHERS = List.of("netty:nio", ServerSpec.BARE_NETTY);
  private static final List<String> ALL = List.of("all");

  @Option(
      names = "--servers",
      split = ",",
      description = {
        "Backends as --backend of serve takes them, nginx, and bare-netty: Netty with its own codec"
            + " and no framework; all: every backend and engine.",
        "Default: one of each kind."
      })
  private List<String> servers = new ArrayList<>();

  @Option(
      names = "--peer",
      paramLabel = "NAME=PORT:COMMAND",
      description = "Another server: a shell command that listens on 127.0.0.1:PORT. Repeatable.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--baseline",
      description =
          "The server that ratios refer to. Default: nginx; of bench db: reactor:io_uring.")
  private String baseline = "";

  @Option(
      names = "--baseline-jar",
      description =
          "The bench-app.jar of an older build: every backend is measured with it too, as"
              + " NAME@before, and compared.")
  private @Nullable Path baselineJar;

  @Option(
      names = "--wrk",
      paramLabel = "auto|docker|local",
      defaultValue = "${env:LEANTEA_BENCH_WRK:-auto}",
      description =
          "Where wrk runs: in a container, or from PATH. auto: in a container where a Docker engine"
              + " answers. Default: ${DEFAULT-VALUE}.")
  private String wrk = "auto";

  @Option(
      names = "--wrk-image",
      defaultValue = "${env:LEANTEA_BENCH_WRK_IMAGE:-}",
      description = "An image whose entry point is wrk. Default: one is built from Debian's.")
  private String wrkImage = "";

  @Option(names = "--java-option", description = "For the JVM of LeanTea's servers. Repeatable.")
  private List<String> javaOptions = new ArrayList<>();

  @Option(
      names = "--start-timeout",
      showDefaultValue = Help.Visibility.NEVER,
      description = "Seconds until a server's first answer. Default: 20, of a --peer 120.")
  private int startTimeout;

  @Option(names = "--out", description = "Folder of JSON and report. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("bench-results");

  /**
   * Measures, then prints the tables and writes the files.
   *
   * @param name of the files
   * @param usualBaseline what ratios refer to when the user names none
   * @param extra servers beyond one of each kind that are measured when the user names none
   * @return the exit status: 1 when figures are missing
   * @throws BenchException when the options make no sense or this machine cannot measure
   */
  final int measure(
      String name, String usualBaseline, Consumer<Servers> measurement, String... extra) {
    if (!ProcessTree.readable()) {
      throw new BenchException(
          "expected Linux, whose /proc has what a server costs, got "
              + System.getProperty("os.name"));
    }
    List<ServerSpec> specs = specs(List.of(extra));
    try (Cleanup cleanup = Cleanup.install()) {
      var starter = new ServerStarter(cleanup, javaOptions, startTimeout);
      List<String> line = command.root().commandLine().getParseResult().originalArgs();
      String base = baseline.isEmpty() ? usualBaseline : baseline;
      Recorder recorder = new Recorder(line, base, System.err);
      boolean asked = !servers.isEmpty() && !servers.equals(ALL);
      measurement.accept(new Servers(specs, asked, starter, recorder));
      return publish(recorder.results(), name, command.commandLine().getOut());
    }
  }

  final Wrk wrk(Servers run) {
    ServerStarter starter = run.starter();
    return starter.cleanup().add(Wrk.find(wrk, wrkImage, starter.folder(), starter.cores()));
  }

  final Wrk h2load(Servers run) {
    ServerStarter starter = run.starter();
    Programs.require("h2load", "(Debian: apt-get install nghttp2-client)");
    return starter.cleanup().add(new H2Load(starter.folder(), starter.cores()));
  }

  private List<ServerSpec> specs(List<String> extra) {
    List<String> more = servers.equals(ALL) ? ALL_OTHERS : extra;
    List<String> names = Stream.concat(ONE_OF_EACH_KIND.stream(), more.stream()).toList();
    List<ServerSpec> specs = new ArrayList<>();
    for (String name : servers.isEmpty() || servers.equals(ALL) ? names : servers) {
      ServerSpec spec = ServerSpec.named(name);
      specs.add(spec);
      if (baselineJar != null && spec instanceof ServerSpec.LeanTea leanTea) {
        specs.add(leanTea.before(readable(baselineJar)));
      }
    }
    peers.stream().map(ServerSpec.Peer::parse).forEach(specs::add);
    return specs;
  }

  private static Path readable(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new BenchException("--baseline-jar: expected a jar, got " + jar);
    }
    return jar.toAbsolutePath();
  }

  private int publish(Results results, String name, PrintWriter printed) {
    Report report = new Report(results, List.of());
    Path json = out.resolve(name + ".json");
    Path html = out.resolve(name + ".html");
    ResultFile.write(json, results);
    ResultFile.writeText(html, report.html());
    printed.println(report.text());
    printed.println("raw rounds: " + json + ", report: " + html);
    return results.failures().isEmpty() ? 0 : 1;
  }
}
