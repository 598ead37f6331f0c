package dev.leantea.bench.harness;

import dev.leantea.bench.harness.container.ContainerEngine;
import dev.leantea.bench.harness.container.ContainerEngines;
import dev.leantea.bench.harness.load.LoadGenerator;
import dev.leantea.bench.harness.load.LoadGenerators;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.run.Cleanup;
import dev.leantea.bench.harness.run.Journal;
import dev.leantea.bench.harness.run.Lineup;
import dev.leantea.bench.harness.run.Progress;
import dev.leantea.bench.harness.run.Workspace;
import dev.leantea.bench.harness.server.AsTyped;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.ProcessTree;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that all measuring commands share, and what they are made into. */
final class CommonOptions {
  /** Every backend and engine; one that this machine lacks is noted and left out. */
  private static final List<String> ALL =
      List.of(
          "reactor:io_uring",
          "reactor:nio",
          "netty",
          "netty:nio",
          "blocking",
          ServerSpec.BareNetty.NAME,
          ServerSpec.Nginx.NAME);

  /** One of each kind. */
  private static final List<String> EACH_KIND =
      List.of("reactor:io_uring", "reactor:nio", "netty", "blocking", ServerSpec.Nginx.NAME);

  /** The word for all of them. */
  private static final String ALL_NAME = "all";

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "NAME",
      description =
          "Backends as --backend of serve takes them, nginx, and bare-netty: Netty with its own"
              + " codec and no framework; all: every backend and engine. Default: one of each"
              + " kind.")
  List<String> servers = new ArrayList<>();

  @Option(
      names = "--peer",
      paramLabel = "NAME=PORT:COMMAND",
      description =
          "Another server to measure: a shell command that listens on 127.0.0.1:PORT. May be"
              + " repeated.")
  List<String> peers = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      defaultValue = ServerSpec.Nginx.NAME,
      description = "The server that ratios refer to. Default: ${DEFAULT-VALUE}.")
  String baseline = ServerSpec.Nginx.NAME;

  @Option(
      names = "--baseline-jar",
      paramLabel = "JAR",
      description =
          "The bench-app.jar of an older build: every backend is measured with it too, as"
              + " NAME@before, and compared.")
  @Nullable Path baselineJar;

  @Option(
      names = "--wrk",
      paramLabel = "auto|docker|local",
      defaultValue = "${env:LEANTEA_BENCH_WRK:-auto}",
      description =
          "Where wrk runs: in a container, or from PATH. auto: in a container where a Docker engine"
              + " answers. Default: ${DEFAULT-VALUE}.")
  String wrk = "auto";

  @Option(
      names = "--wrk-image",
      paramLabel = "IMAGE",
      defaultValue = "${env:LEANTEA_BENCH_WRK_IMAGE:-}",
      description = "An image whose entry point is wrk. Default: one is built from Debian's.")
  String wrkImage = "";

  @Option(
      names = "--nginx-image",
      paramLabel = "IMAGE",
      defaultValue = "${env:LEANTEA_BENCH_NGINX_IMAGE:-nginx:stable}",
      description = "Where nginx is not on PATH. Default: ${DEFAULT-VALUE}.")
  String nginxImage = "nginx:stable";

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "For the JVM of LeanTea's servers. May be repeated.")
  List<String> javaOptions = new ArrayList<>();

  @Option(
      names = "--start-timeout",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long a server may take to its first answer. Default: ${DEFAULT-VALUE}.")
  int startTimeout = 20;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "bench-results",
      description = "Where JSON and report go. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("bench-results");

  /** What a command does with its options; everything that it opens is closed after it. */
  interface Work {
    void run(Session session) throws BenchException;
  }

  /**
   * All that a run needs.
   *
   * @param cleanup takes what is opened
   * @param workspace temporary files
   * @param cores who runs where
   * @param containers loads what drives containers
   * @param journal the figures
   * @param lineup the servers
   */
  record Session(
      Cleanup cleanup,
      Workspace workspace,
      Cores cores,
      Supplier<ContainerEngine> containers,
      Journal journal,
      Lineup lineup) {}

  /**
   * Runs the work and returns its figures, also those before an error.
   *
   * @param extra servers beyond one of each kind that take part when the user names none
   * @throws BenchException when the options make no sense or this machine cannot measure
   */
  Results measure(List<String> arguments, List<String> extra, Work work) throws BenchException {
    requireLinux();
    List<ServerSpec> specs = specs(extra);
    try (Cleanup cleanup = Cleanup.install()) {
      Session session = open(cleanup, specs, arguments);
      work.run(session);
      return session.journal().results();
    }
  }

  private Session open(Cleanup cleanup, List<ServerSpec> specs, List<String> arguments)
      throws BenchException {
    Workspace workspace = cleanup.add(Workspace.create());
    Cores cores = Cores.here();
    Supplier<ContainerEngine> containers = once(() -> ContainerEngines.load(workspace.folder()));
    ServerStarter starter =
        new ServerStarter(
            cleanup,
            workspace,
            cores,
            javaOptions,
            containers,
            nginxImage,
            startTimeout,
            new AtomicInteger());
    Journal journal =
        new Journal(Progress.onStderr(), arguments, baseline, new AsTyped(workspace.folder()));
    Lineup lineup = new Lineup(specs, named(), starter);
    return new Session(cleanup, workspace, cores, containers, journal, lineup);
  }

  /**
   * wrk, as asked for.
   *
   * @throws BenchException when it is not to be had
   */
  LoadGenerator wrk(Session session) throws BenchException {
    return session
        .cleanup()
        .add(LoadGenerators.find(wrk, wrkImage, session.containers(), session.workspace()));
  }

  /** Loading the library takes time and is not always needed. */
  private static <T> Supplier<T> once(Supplier<T> source) {
    AtomicReference<@Nullable T> value = new AtomicReference<>();
    return () -> {
      T present = value.get();
      if (present == null) {
        present = source.get();
        value.set(present);
      }
      return present;
    };
  }

  private static void requireLinux() throws BenchException {
    if (!ProcessTree.readable()) {
      throw new BenchException(
          "expected Linux, whose /proc tells what a server costs, got "
              + System.getProperty("os.name"));
    }
  }

  private List<ServerSpec> specs(List<String> extra) throws BenchException {
    List<ServerSpec> specs = new ArrayList<>();
    for (String name : names(extra)) {
      ServerSpec spec = ServerSpec.named(name);
      specs.add(spec);
      if (baselineJar != null && spec instanceof ServerSpec.LeanTea leanTea) {
        specs.add(leanTea.before(readable(baselineJar)));
      }
    }
    for (String peer : peers) {
      specs.add(ServerSpec.Peer.parse(peer));
    }
    return specs;
  }

  private static Path readable(Path jar) throws BenchException {
    if (!Files.isRegularFile(jar)) {
      throw new BenchException("--baseline-jar: expected a jar, got " + jar);
    }
    return jar.toAbsolutePath();
  }

  private boolean named() {
    return !servers.isEmpty() && !servers.equals(List.of(ALL_NAME));
  }

  private List<String> names(List<String> extra) {
    if (servers.equals(List.of(ALL_NAME))) {
      return ALL;
    }
    return servers.isEmpty() ? Stream.concat(EACH_KIND.stream(), extra.stream()).toList() : servers;
  }
}
