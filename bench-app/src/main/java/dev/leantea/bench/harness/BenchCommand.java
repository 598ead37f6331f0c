package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.ServerStarter;
import dev.leantea.bench.soak.SoakCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: every server under every load, side by side. */
@Command(
    name = "bench",
    description = "Measures LeanTea's backends, nginx and peers side by side with wrk, or h2load.",
    subcommands = {
      DatabaseCommand.class,
      TlsCommand.class,
      ScaleCommand.class,
      RollingCommand.class,
      SoakCommand.class,
      ReportCommand.class,
      TrackCommand.class
    })
public final class BenchCommand implements Callable<Integer> {
  @Mixin private RunOptions run = new RunOptions();

  @Option(names = "--quick", description = "Under 5 minutes, instead of about 20.")
  private boolean quick;

  @Option(
      names = {"--targets", "--bars"},
      description = "Only the loads that a target is set for: see the table of targets.")
  private boolean targets;

  @Option(
      names = "--http2",
      description = {
        "HTTP/2 in clear text with h2load (Debian: nghttp2-client) instead of wrk: 8 connections of"
            + " 32 streams, 64 of one, and 100 downloads of 1 MiB on one connection.",
        "With --routes or --connections: --pipeline is the number of streams.",
        "A --peer must speak it on the port of its HTTP/1.1. There are no percentiles."
      })
  private boolean http2;

  @Option(names = "--rounds", description = "Of every load. Default: 5, quick 3.")
  private int rounds;

  @Option(names = "--seconds", description = "Of every round. Default: 2, quick 1.")
  private int seconds;

  @Option(names = "--warm-up", description = "Seconds, of each server. Default: 16, quick 6.")
  private int warmUp;

  @Option(names = "--routes", split = ",", description = "Measure these routes only.")
  private List<String> routes = new ArrayList<>();

  @Option(
      names = "--connections",
      split = ",",
      description = "Measure with so many connections only. Default with --routes: 128.")
  private List<Integer> connections = new ArrayList<>();

  @Option(
      names = "--pipeline",
      description = "With --routes or --connections: requests sent at a time.")
  private int pipeline = 1;

  @Option(
      names = "--placement",
      paramLabel = "pinned|shared",
      description = "With --routes or --connections: server on one core, or both on all.")
  private Placement placement = Placement.PINNED;

  @Override
  public Integer call() {
    LoadPlan plan = plan();
    return http2
        ? run.measure(
            "bench",
            ServerSpec.NGINX,
            it -> new LoadRun(plan, it.replaced(BenchCommand::withHttp2), run.h2load(it)).run())
        : run.measure(
            "bench",
            ServerSpec.NGINX,
            it -> new LoadRun(plan, it, run.wrk(it)).run(),
            ServerSpec.BARE_NETTY);
  }

  /** nginx needs a port of its own for HTTP/2 in clear text. */
  private static Stream<ServerSpec> withHttp2(ServerSpec server) {
    return Stream.of(
        server instanceof ServerSpec.Nginx
            ? new ServerSpec.Nginx(server.name(), 0, ServerStarter.freePort())
            : server);
  }

  private LoadPlan plan() {
    LoadPlan usual = quick ? LoadPlan.quick() : LoadPlan.full();
    return new LoadPlan(
        loads(usual),
        rounds > 0 ? rounds : usual.rounds(),
        seconds > 0 ? seconds : usual.seconds(),
        warmUp > 0 ? warmUp : usual.warmUpSeconds());
  }

  private List<Load> loads(LoadPlan usual) {
    if (routes.isEmpty() && connections.isEmpty()) {
      return http2 ? LoadPlan.HTTP2 : targets ? LoadPlan.TARGETS : usual.loads();
    }
    return LoadPlan.product(
        placement,
        routes.isEmpty() ? LoadPlan.ROUTES : routes,
        connections.isEmpty() ? List.of(LoadPlan.CONNECTIONS) : connections,
        pipeline);
  }

  /** {@code bench idle}: memory per idle connection, and latency of active ones meanwhile. */
  @Command(
      showDefaultValues = true,
      description = "Measures what idle keep-alive connections cost.")
  int idle(
      @Mixin RunOptions options,
      @Option(names = "--connections", defaultValue = "10000", description = "Idle ones.") int idle,
      @Option(names = "--rounds", defaultValue = "3") int times,
      @Option(names = "--seconds", defaultValue = "3", description = "Of the active load.")
          int active) {
    return options.measure(
        "idle",
        ServerSpec.NGINX,
        servers -> new IdleRun(idle, times, active, servers, options.wrk(servers)).run());
  }

  /** {@code bench start}: time to the first answer, with and without an AOT cache. */
  @Command(
      showDefaultValues = true,
      description = "Measures the time from the start of a process to its first answer.")
  int start(
      @Mixin RunOptions options,
      @Option(names = "--rounds", defaultValue = "10", description = "Starts of each server.")
          int times) {
    return options.measure(
        "start", ServerSpec.NGINX, servers -> new StartRun(times, servers).run());
  }
}
